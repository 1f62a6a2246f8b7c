// F-05: every transition arrives once and in order, also over a cut link; it is acknowledged after the commit; a hub out of reach is
// an attribute after 15 s of silence, and its live calls go on. The hub's journal is compared with what PostgreSQL has.
import { expect, test } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { get, post } from '../parts/api.ts';
import { one, rows } from '../parts/db.ts';
import { cable, hub, journal, reachable, waiting, type Cable } from '../parts/hub.ts';
import { registered } from '../parts/sip.ts';
import { pid, port, state } from '../parts/stack.ts';
import { until } from '../parts/until.ts';

test.describe.configure({ mode: 'serial' });
test.setTimeout(120_000);

let line: Cable, id: string, began: Date;
const slot = (number: string): Promise<any> => get(`/ottb/slots/${number}`);
const inState = (number: string, wanted: string, limit = 15_000): Promise<any> =>
  until(`${number} is ${wanted}`, async () => ((await slot(number)).state === wanted ? true : null), limit, 50);
const dial = (from: string, to: string): Promise<any> => post(`/ottb/slots/${from}/dial`, { to }, 'engineer');
const hangUp = (number: string): Promise<any> => post(`/ottb/slots/${number}/hangup`, { reason: 'the test is done' });

interface Told { n: number; slot: string; from: string; to: string; event: string; epoch: number; call_id: string | null }
const journalled = (): Told[] => journal('mf', "select n, body from message where t = 'status' order by n").map(({ n, body }) => {
  const said = JSON.parse(body);
  return { n, slot: said.slot, from: said.from, to: said.to, event: said.event, epoch: said.epoch, call_id: said.call_id ?? null };
});
const stored = async (first: number, last: number): Promise<Told[]> => (await rows(
  `select n::int, slot, from_state as from, to_state as to, event, epoch::int, call_id from ottb.slot_transition
   where hub_id = $1 and n between $2 and $3 order by n`, id, first, last));
const last = (): number => journal('mf', "select seq from sqlite_sequence where name = 'message'")[0]!.seq;
const drained = (): Promise<unknown> => until('the journal is acknowledged', () => waiting('mf', 'message') === 0, 20_000, 50);
const links = (): number => readFileSync(join(state, 'log', 'archont-mf.log'), 'utf8').split('"event":"linked"').length - 1;
const walk = (all: Told[], number: string): string[] => all.filter((t) => t.slot === number && t.from !== t.to).map((t) => t.to);

test.beforeAll(async () => {
  began = new Date((await one('select now() as at')).at);
  id = (await reachable('mf')).id;
  line = await cable('mf');
  for (const number of ['7011', '7012', '7014', '7015']) await until(`${number} is registered`, () => registered(number));
});
test.afterAll(() => line?.remove());

test('the link is cut: out of reach after 15 s, the live call goes on, and what happened meanwhile arrives once, in order', async () => {
  await dial('7011', '1002');
  await inState('7011', 'ACTIVE_CALL');
  await drained();
  const mark = last(), cutAt = Date.now();
  line.cut();
  await dial('8001', '7012');  // another hub calls a slot behind the cut
  await until('7012 is in its call', () => walk(journalled(), '7012').at(-1) === 'ACTIVE_CALL', 15_000, 50);
  await hangUp('8001');
  await until('7012 has ended its call', () => walk(journalled(), '7012').at(-1) === 'IDLE', 15_000, 50);
  await until('the hub is out of reach', async () => (await hub('mf')).unreachable, 40_000);
  const silence = Date.now() - cutAt;
  expect(silence, 'the last word was up to 5 s old; the sweep comes every 5 s').toBeGreaterThan(9000);
  expect(silence).toBeLessThan(22_000);
  expect(await slot('7011')).toMatchObject({ unreachable: true, state: 'ACTIVE_CALL' });
  const told = journalled();
  expect(walk(told, '7012')).toEqual(['ASSIGNED', 'REGISTERING', 'READY', 'CALLING', 'ACTIVE_CALL', 'POSTCALL', 'IDLE']);
  expect(walk(told, '7011')).toEqual([]);
  expect(await stored(mark + 1, 1e9)).toEqual([]);
  expect(journal('mf', 'select n from message order by n').map((m) => m.n)).toEqual(Array.from({ length: last() - mark }, (_, i) => mark + 1 + i));

  line.mend();
  await reachable('mf');
  await drained();
  expect(await stored(mark + 1, told.at(-1)!.n)).toEqual(told);
  expect(await slot('7011')).toMatchObject({ unreachable: false, state: 'ACTIVE_CALL' });
  await hangUp('7011');
  await inState('7011', 'IDLE');
  const cdr = await until('the CDR of the call that lived through it', async () =>
    (await rows("select * from dci.cdr where slot = '7011' and started_at >= $1 and hub_at is not null", began))[0]);
  const talked = (cdr.hub_ended_at - cdr.hub_answered_at) / 1000;
  expect(talked).toBeGreaterThan(silence / 1000);
  expect(Number(cdr.rtp_received), 'packets went on').toBeGreaterThan(talked * 50 * 0.9);
});

test('acknowledged only after the commit: a server killed before it costs nothing', async () => {
  await drained();
  const mark = last(), server = await pid('server'), lock = new pg.Client({ host: `${state}/run`, port: port('PG'), database: process.env.VSS_DB ?? 'vss', user: 'vss' });
  await lock.connect();
  await lock.query('begin; lock table ottb.slot_transition in exclusive mode');
  const held: Told[] = await (async () => {
    await dial('7014', '7015');
    await until('both slots talk', () => ['7014', '7015'].every((n) => walk(journalled(), n).at(-1) === 'ACTIVE_CALL'), 15_000, 50);
    process.kill(server, 'SIGKILL');
    const all = journalled();
    expect(all.filter((t) => t.n > mark && t.from !== t.to)).toHaveLength(10);
    return all;
  })().finally(() => lock.query('rollback').then(() => lock.end()));
  await reachable('mf', 60_000);
  await drained();
  expect(await stored(mark + 1, held.at(-1)!.n)).toEqual(held);
  await hangUp('7014');
  await inState('7015', 'IDLE');
});

test('a link that snaps again and again repeats nothing and loses nothing', async () => {
  await drained();
  const mark = last();
  for (let i = 0; i < 3; ++i) {
    await dial('7014', '7015');
    await inState('7015', 'ACTIVE_CALL');
    const before = links();
    line.snap();
    await until('the hub has a new link', () => links() > before, 40_000);  // it waits up to 20 s before it tries again
    await hangUp('7015');
    await inState('7014', 'IDLE');
    await inState('7015', 'IDLE');
  }
  await drained();
  for (const number of ['7014', '7015']) {
    const steps = walk(await stored(mark + 1, 1e9), number);
    expect(steps, number).toEqual(Array(3).fill(['ASSIGNED', 'REGISTERING', 'READY', 'CALLING', 'ACTIVE_CALL', 'POSTCALL', 'IDLE']).flat());
  }
});

test('no slot of any hub made a step that did not begin where its last one ended', async () => {
  const broken = await rows(`select * from (
      select slot, n, from_state, lag(to_state) over (partition by slot order by n) as before,
             received_at < lag(received_at) over (partition by hub_id order by n) as overtaken
      from ottb.slot_transition where received_at >= $1) t where (before is not null and before <> from_state) or overtaken`, began);
  expect(broken).toEqual([]);
  expect((await one('select count(*)::int as n from ottb.slot_transition where received_at >= $1', began)).n).toBeGreaterThan(60);
  expect(await rows("select slot, event from ottb.slot_transition where to_state = 'FAULT' and received_at >= $1", began)).toEqual([]);
});
