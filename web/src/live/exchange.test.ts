import { beforeEach, expect, test } from 'vitest';
import { Exchange } from './exchange.ts';
import { FakeServer } from './fake-server.ts';
import type { News } from './protocol.ts';

let server: FakeServer;
let exchange: Exchange;

function tab() {
  const heard: News[] = [];
  const tell = (news: News) => heard.push(news);
  exchange.join(tell);
  return { heard, tell, of: (k: News['k']) => heard.filter((one) => one.k === k) };
}
const subs = () => server.last.sent.filter((one) => one['t'] === 'sub').length;
const unsubs = () => server.last.sent.filter((one) => one['t'] === 'unsub').length;

beforeEach(() => {
  server = new FakeServer();
  exchange = new Exchange(server);
});

test('many tabs, one socket, one subscription; who comes late gets the picture as it stands', async () => {
  const a = tab();
  exchange.wish(a.tell, { k: 'sub', topic: 'slots' });
  exchange.wish(a.tell, { k: 'wake' });
  await server.pass(0);
  server.last.welcome();
  server.last.say({ t: 'snap', topic: 'slots', seq: 1, items: [{ id: '1' }, { id: '2' }] });
  server.last.say({ t: 'delta', topic: 'slots', seq: 2, items: [{ id: '3' }], gone: ['1'] });
  const b = tab();
  exchange.wish(b.tell, { k: 'wake' });
  exchange.wish(b.tell, { k: 'sub', topic: 'slots' });
  expect(server.sockets).toHaveLength(1);
  expect(subs()).toBe(1);
  expect(b.of('snap')).toEqual([{ k: 'snap', topic: 'slots', items: [{ id: '2' }, { id: '3' }] }]);
  server.last.say({ t: 'delta', topic: 'slots', seq: 3, items: [{ id: '4' }], gone: [] });
  expect(a.of('delta')).toHaveLength(2);
  expect(b.of('delta')).toHaveLength(1);
});

test('the last listener may come back for a while before the topic is given up', async () => {
  const a = tab();
  exchange.wish(a.tell, { k: 'sub', topic: 'slots' });
  exchange.wish(a.tell, { k: 'wake' });
  await server.pass(0);
  server.last.welcome();
  exchange.wish(a.tell, { k: 'unsub', topic: 'slots' });
  await server.pass(4_000);
  exchange.wish(a.tell, { k: 'sub', topic: 'slots' });
  server.last.say({ t: 'beat', now: '' });
  await server.pass(6_000);
  expect(unsubs()).toBe(0);
  exchange.wish(a.tell, { k: 'unsub', topic: 'slots' });
  await server.pass(5_000);
  expect(unsubs()).toBe(1);
});

test('a tab that closes is told nothing more, and the last one closes the socket', async () => {
  const a = tab();
  const b = tab();
  exchange.wish(a.tell, { k: 'sub', topic: 'slots' });
  exchange.wish(a.tell, { k: 'wake' });
  await server.pass(0);
  server.last.welcome();
  exchange.wish(a.tell, { k: 'bye' });
  const before = a.heard.length;
  server.last.say({ t: 'beat', now: '' });
  expect(a.heard).toHaveLength(before);
  expect(server.last.closed).toBe(false);
  exchange.part(b.tell);
  expect(server.last.closed).toBe(true);
});

test('after signing out nothing of the picture is left', async () => {
  const a = tab();
  exchange.wish(a.tell, { k: 'sub', topic: 'slots' });
  exchange.wish(a.tell, { k: 'wake' });
  await server.pass(0);
  server.last.welcome();
  server.last.say({ t: 'snap', topic: 'slots', seq: 1, items: [{ id: '1' }] });
  exchange.wish(a.tell, { k: 'rest' });
  expect(server.last.closed).toBe(true);
  const b = tab();
  exchange.wish(b.tell, { k: 'sub', topic: 'slots' });
  expect(b.of('snap')).toHaveLength(0);
  expect(b.of('status')).toMatchObject([{ status: { state: 'ended' } }]);
});

test('a source that falls silent is told of with its age, to late tabs, too; the next picture ends it', async () => {
  const a = tab();
  exchange.wish(a.tell, { k: 'sub', topic: 'slots' });
  exchange.wish(a.tell, { k: 'wake' });
  await server.pass(0);
  server.last.welcome();
  server.last.say({ t: 'snap', topic: 'slots', seq: 1, items: [{ id: '1' }] });
  server.last.say({ t: 'stale', topic: 'slots', since: new Date(server.now() - 4_000).toISOString() });
  expect(a.of('stale')).toEqual([{ k: 'stale', topic: 'slots', since: server.now() - 4_000 }]);
  const b = tab();
  exchange.wish(b.tell, { k: 'sub', topic: 'slots' });
  expect(b.of('stale')).toHaveLength(1);
  server.last.say({ t: 'snap', topic: 'slots', seq: 2, items: [{ id: '1' }] });
  const c = tab();
  exchange.wish(c.tell, { k: 'sub', topic: 'slots' });
  expect(c.of('stale')).toHaveLength(0);
});
