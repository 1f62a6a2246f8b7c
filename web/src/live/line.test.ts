import { beforeEach, describe, expect, test } from 'vitest';
import { FakeServer } from './fake-server.ts';
import { Line } from './line.ts';
import type { News } from './protocol.ts';

let server: FakeServer;
let line: Line;
let news: News[];
const said = (k: News['k']) => news.filter((one) => one.k === k);

beforeEach(() => {
  server = new FakeServer();
  news = [];
  line = new Line(server, (one) => news.push(one));
});

async function begin(): Promise<void> {
  line.subscribe('slots');
  line.start();
  await server.pass(0);
  server.last.welcome();
}

describe('a line', () => {
  test('says hello with the ticket, then subscribes, and passes the snapshot and its deltas on', async () => {
    await begin();
    expect(server.last.sent).toEqual([{ t: 'hello', ticket: 'T' }, { t: 'sub', topic: 'slots' }]);
    server.last.say({ t: 'snap', topic: 'slots', seq: 7, items: [{ id: '7001' }] });
    server.last.say({ t: 'delta', topic: 'slots', seq: 8, items: [{ id: '7002' }], gone: ['7001'] });
    expect(said('snap')).toEqual([{ k: 'snap', topic: 'slots', items: [{ id: '7001' }] }]);
    expect(said('delta')).toEqual([{ k: 'delta', topic: 'slots', items: [{ id: '7002' }], gone: ['7001'] }]);
  });

  test('subscribes again on a gap, and shows nothing until the new snapshot', async () => {
    await begin();
    server.last.say({ t: 'snap', topic: 'slots', seq: 7, items: [] });
    server.last.say({ t: 'delta', topic: 'slots', seq: 9, items: [{ id: '7001' }], gone: [] });
    server.last.say({ t: 'delta', topic: 'slots', seq: 10, items: [{ id: '7001' }], gone: [] });
    expect(server.last.sent.filter((one) => one['t'] === 'sub')).toHaveLength(2);
    expect(said('delta')).toHaveLength(0);
    server.last.say({ t: 'snap', topic: 'slots', seq: 10, items: [{ id: '7001' }] });
    server.last.say({ t: 'delta', topic: 'slots', seq: 11, items: [], gone: ['7001'] });
    expect(said('delta')).toHaveLength(1);
  });

  test('skips what it has heard before', async () => {
    await begin();
    server.last.say({ t: 'snap', topic: 'slots', seq: 7, items: [] });
    server.last.say({ t: 'delta', topic: 'slots', seq: 7, items: [{ id: 'x' }] });
    expect(said('delta')).toHaveLength(0);
    expect(server.last.sent).toHaveLength(2);
  });

  test('comes back by itself, each time later, with a new ticket and new subscriptions', async () => {
    await begin();
    server.answer = 'down';
    server.last.onclose?.(1006);
    expect(line.status.state).toBe('connecting');
    await server.pass(500 + 1000 + 2000);
    server.answer = { ticket: 'U' };
    await server.pass(4000);
    server.last.welcome('r2');
    expect(server.sockets).toHaveLength(2);
    expect(server.last.sent).toEqual([{ t: 'hello', ticket: 'U' }, { t: 'sub', topic: 'slots' }]);
    expect(line.status.state).toBe('live');
  });

  test('takes silence for a cut line', async () => {
    await begin();
    await server.pass(11_000);
    server.last.say({ t: 'beat', now: new Date(server.time).toISOString() });
    await server.pass(11_000);
    expect(line.status).toMatchObject({ state: 'live', heard: 11_000 });
    await server.pass(1_001);
    expect(line.status).toMatchObject({ state: 'connecting', heard: 11_000 });
    expect(server.sockets[0]!.closed).toBe(true);
  });

  test('gives up a socket that never welcomes', async () => {
    line.start();
    await server.pass(0);
    server.last.onopen?.();
    await server.pass(10_000 + 500);
    expect(server.sockets).toHaveLength(2);
  });

  test('ends with the session and tries nothing until it is started again', async () => {
    await begin();
    server.last.say({ t: 'end', why: 'session' });
    expect(line.status.state).toBe('ended');
    await server.pass(120_000);
    expect(server.sockets).toHaveLength(1);
    line.start();
    await server.pass(0);
    expect(server.sockets).toHaveLength(2);
  });

  test('no ticket for want of a session or a permission ends the trying', async () => {
    server.answer = { refused: 'session' };
    line.start();
    await server.pass(60_000);
    expect(line.status.state).toBe('ended');
    server.answer = { refused: 'permission' };
    line.start();
    await server.pass(60_000);
    expect(line.status.state).toBe('forbidden');
    expect(server.sockets).toHaveLength(0);
  });

  test('tells of a refused topic, and asks again when the rights change', async () => {
    await begin();
    server.last.say({ t: 'refused', topic: 'slots', permission: 'ottb.slot.read' });
    expect(said('refused')).toEqual([{ k: 'refused', topic: 'slots', permission: 'ottb.slot.read' }]);
    server.last.say({ t: 'end', why: 'rights' });
    expect(said('rights')).toHaveLength(1);
    expect(line.status.state).toBe('live');
    expect(server.last.sent.filter((one) => one['t'] === 'sub')).toHaveLength(2);
  });

  test('is not broken by what is no frame', async () => {
    await begin();
    for (const text of ['', '{', '[]', 'null', '{"t":"snap"}', '{"t":"delta","topic":"slots","seq":1.5}', '{"t":"new"}']) server.last.onmessage?.(text);
    expect(line.status.state).toBe('live');
  });

  test('knows how far the clocks are apart', async () => {
    server.time = 5_000;
    await begin();
    expect(line.status.skew).toBe(-5_000);
  });

  test('an answer that comes after the stop opens nothing', async () => {
    line.start();
    line.stop();
    await server.pass(1_000);
    expect(server.sockets).toHaveLength(0);
  });
});
