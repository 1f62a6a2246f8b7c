// One long campaign while everything dies once: kill -9 of each process and a link cut for 30 s, every one at a moment when calls
// ring, are up and are queued. Afterwards the books balance: PostgreSQL's, the carriers' and the CDRs tell one story.
import { expect, test } from '@playwright/test';
import { csv, ensureTrunks, finished, importLeads, makeCampaign, start, type Campaign } from '../parts/campaign.ts';
import { carrierCalls, doubleDialled, type CarrierCall } from '../parts/carrier.ts';
import { one, rows } from '../parts/db.ts';
import { busyMoment, callsAgain, CutLine, killed, whole } from '../parts/fault.ts';
import { admin } from '../parts/stack.ts';
import { until } from '../parts/until.ts';

test.describe.configure({ mode: 'serial' });
test.setTimeout(240_000);

// reserved fictional numbers of areas that no other test uses: half are answered (some press a key), a good part ring for ever
const areas = ['646', '718', '917', '347', '516', '914', '201', '908', '609', '732', '848', '973', '860', '203', '475', '508', '781', '978', '413', '774'];
const endings = [...Array(25).keys(), 30, 31, 32, 33, 34, 35, 50, 51, 55, 56, 67, 68, 69, 70, 71, 72, 73, 74, 75, 76, 77, 78].map((n) => String(n).padStart(2, '0'));
const numbers = endings.flatMap((e) => areas.map((a) => `+1${a}55501${e}`));

let campaign: Campaign, line: CutLine, since: number;

test.beforeAll(async () => {
  await ensureTrunks();
  line = new CutLine('archont-mf');
  await line.lay();
  await whole();
  since = Date.now();
  campaign = await makeCampaign({ ring_seconds: 8, calls_per_second: 12 });
  await importLeads(campaign, csv(numbers));
  await start(campaign);
});
test.afterAll(() => line?.remove());

for (const name of ['server', 'archont-auto', 'postgres', 'rabbitmq', 'redis', 'kamailio', 'asterisk'])
  test(`kill -9 ${name}: the campaign goes on`, async () => {
    const moment = await busyMoment(campaign);
    const at = await killed(name);
    await whole();
    await callsAgain(campaign, at);
    test.info().annotations.push({ type: 'moment', description: JSON.stringify(moment) });
    console.log(`  ${name}: killed with ${JSON.stringify(moment)}; a new call was answered after ${((Date.now() - at) / 1000).toFixed(1)} s`);
  });

test('the link cut for 30 s: live calls go on, the hub is unreachable, then it is whole', async () => {
  const moment = await busyMoment(campaign);
  const live = await until('a call of that hub is up', async () => {
    const up = await rows(`select a.id from ottb.attempt a join ottb.hub h on h.id = a.hub_id where h.label = 'mf' and a.state = 'answered'`);
    return up.length > 0 ? up : null;
  }, 30_000, 5);
  await line.cut();
  const at = Date.now();
  await until('the hub is marked unreachable', async () => (await one("select unreachable from ottb.hub where label = 'mf'")).unreachable, 20_000);
  await new Promise((done) => setTimeout(done, Math.max(0, at + 30_000 - Date.now()))); // the length of the cut is the case itself
  await line.mend();
  await until('the hub is reachable again', async () => !(await one("select unreachable from ottb.hub where label = 'mf'")).unreachable, 20_000);
  await callsAgain(campaign, at);
  const cut = await rows('select outcome, hangup_by from dci.cdr where call_id = any($1)', live.map((a) => a.id));
  for (const cdr of cut) expect(cdr.outcome).toBe('answered');
  console.log(`  link: cut with ${JSON.stringify(moment)}, ${live.length} calls of the hub up`);
});

test('every lead is finished or due; nobody was called twice; nothing is lost', async () => {
  const end = await finished(campaign, 200_000);
  expect(end.finished + end.due).toBe(numbers.length);
  const states = await rows("select state, count(*)::int as n from ottb.lead where campaign_id = $1 and state not in ('finished', 'due') group by 1", campaign.id);
  expect(states).toEqual([]);
  const seen = carrierCalls(since);
  expect(doubleDialled(seen)).toEqual([]);
  const attempts = await rows('select id, lead_call_id, outcome, state from ottb.attempt where campaign_id = $1', campaign.id);
  expect(attempts.filter((a) => !['done', 'returned'].includes(a.state))).toEqual([]);
  expect(attempts.filter((a) => a.state === 'done' && !a.outcome)).toEqual([]);
  const known = new Map(attempts.filter((a) => a.lead_call_id).map((a) => [a.lead_call_id, a]));
  const strangers = seen.filter((c) => !known.has(c.callId));
  expect(strangers, 'calls at the carrier that nobody here knows').toEqual([]);
  // an answered call is never booked as one that nobody heard, nor the other way round
  const wrong = seen.map((c): [CarrierCall, string] => [c, known.get(c.callId)!.outcome])
    .filter(([c, outcome]) => outcome !== 'unknown' && c.answered !== ['answered', 'abandoned'].includes(outcome));
  expect(wrong.map(([c, outcome]) => `${c.number} ${outcome} carrier answered=${c.answered}`)).toEqual([]);
  const tally = await rows('select outcome, count(*)::int as n from ottb.attempt where campaign_id = $1 group by 1 order by 1', campaign.id);
  console.log(`  ${numbers.length} leads, ${seen.length} calls at the carriers: ${tally.map((t) => `${t.outcome} ${t.n}`).join(', ')}`);
});

test('no slot is stuck past its lease', async () => {
  await until('every slot is idle and no lease is left over', async () => {
    const stuck = await rows("select number, state, lease_until from ottb.slot where not retired and (state not in ('IDLE', 'READY') or lease_until < now() - interval '5 seconds')");
    return stuck.length === 0 ? true : Promise.reject(new Error(JSON.stringify(stuck)));
  }, 45_000, 500);
});

test('one CDR for each call at the carriers', async () => {
  const ids = carrierCalls(since).map((c) => c.callId);
  await until('the last CDRs are in', async () => {
    const [{ missing }] = await rows(`select count(*)::int as missing from ottb.attempt a where a.lead_call_id = any($1)
      and not exists (select 1 from dci.cdr c where c.call_id = a.id)`, ids) as [{ missing: number }];
    return missing === 0 ? true : Promise.reject(new Error(`${missing} calls have no CDR yet`));
  }, 60_000, 500);
  const twice = await rows(`select c.call_id, count(*)::int from dci.cdr c join ottb.attempt a on a.id = c.call_id
    where a.lead_call_id = any($1) group by 1 having count(*) > 1`, ids);
  expect(twice).toEqual([]);
});

test('the audit chain verifies', async () => {
  expect(JSON.parse(await admin('audit', 'verify')).ok).toBe(true);
});
