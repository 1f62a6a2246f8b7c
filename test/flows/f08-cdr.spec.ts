// F-08: one CDR per call, also when PostgreSQL was away; a hub's database role can hand in CDRs of its own calls and nothing else,
// over TLS only, and handing them in again changes nothing.
import { expect, test } from '@playwright/test';
import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { csv, finished, importLeads, makeCampaign, number, start } from '../parts/campaign.ts';
import { carrierCalls, doubleDialled } from '../parts/carrier.ts';
import { one, rows } from '../parts/db.ts';
import { database, hub, waiting } from '../parts/hub.ts';
import { status, vss } from '../parts/stack.ts';
import { until } from '../parts/until.ts';

test.describe.configure({ mode: 'serial' });
test.setTimeout(150_000);

interface Verdict { n: number; call_id: string; accepted: boolean; reason: string | null }
const ingest = async (role: pg.Client, batch: unknown): Promise<Verdict[]> =>
  (await role.query('select n::int, call_id, accepted, reason from dci.ingest_cdr($1::jsonb) order by n', [JSON.stringify(batch)])).rows;
const ago = (days: number, seconds = 0): string => new Date(Date.now() - days * 86_400_000 + seconds * 1000).toISOString();
const record = (days: number, more: Record<string, unknown> = {}): any => ({
  v: 1, call_id: randomUUID(), trail: 'test', direction: 'internal', slot: '7001', attempt_id: null, campaign_id: null, started_at: ago(days), ringing_at: ago(days, 1),
  answered_at: ago(days, 2), ended_at: ago(days, 30), outcome: 'answered', sip_code: 200, hangup_by: 'slot', rtp_sent: 1400, rtp_received: 1390, rtp_lost: 0, dtmf_sent: '42',
  dtmf_received: '', slot_call_id: 'test@127.0.0.1', ...more,
});
const cdrs = (...ids: string[]): Promise<any[]> => rows('select tableoid::regclass::text as part, c.* from dci.cdr c where call_id = any($1) order by started_at', ids);

let mf: pg.Client, ls: pg.Client;
test.afterAll(async () => { await mf?.end(); await ls?.end(); });

test('PostgreSQL stops during calls and comes back: one CDR per call that the carrier saw', async () => {
  const since = Date.now(), campaign = await makeCampaign({ slots: { kinds: ['MF'] }, ring_seconds: 15 });
  await importLeads(campaign, csv(['00', '01', '02', '50', '51', '52', '67', '68', '69', '70', '71', '72', '55', '77', '85'].map(number)));
  const calls = (event: string): number => carrierCalls(since).filter((c) => c.events.at(-1)!.event === event).length;
  await start(campaign);
  await until('calls are up and others ring', () => calls('answered') >= 3 && calls('ringing') >= 6, 30_000, 20);
  await vss('stop', 'postgres');
  try {
    await until('CDRs wait on the hub', () => waiting('mf', 'cdr') >= 4, 45_000);
  } finally {
    await vss('start', 'postgres');
  }
  await until('the platform is ready', async () => (await status()).ready, 60_000);
  await finished(campaign, 90_000);
  await until('the hub has delivered', () => waiting('mf', 'cdr') === 0, 30_000);
  const seen = carrierCalls(since);
  expect(doubleDialled(seen)).toEqual([]);
  // The hub's half is what F-08 promises; a PBX owner that could not renew its lease meanwhile may have missed the end of a call.
  const stored = await until('the CDR of every call', async () => {
    const all = await rows('select a.lead_call_id, c.hub_at, c.pbx_at, c.outcome from dci.cdr c join ottb.attempt a on a.id = c.call_id where a.campaign_id = $1', campaign.id);
    return all.length >= seen.length && all.every((c) => c.hub_at) ? all : null;
  }, 30_000);
  expect(stored.map((c) => c.lead_call_id).sort()).toEqual(seen.map((c) => c.callId).sort());
  for (const call of seen) expect(stored.find((c) => c.lead_call_id === call.callId).outcome === 'answered', call.number.slice(-2)).toBe(call.answered);
});

test('the hub was offline for a day, a month, most of a year: every call has one CDR, in the month when it happened', async () => {
  [mf, ls] = [await database('mf'), await database('ls')];
  const batch = [record(1), record(31), record(330), record(1, { outcome: 'busy', answered_at: null, sip_code: 486 })], ids = batch.map((c) => c.call_id);
  expect(await ingest(mf, batch)).toEqual(ids.map((call_id, n) => ({ n, call_id, accepted: true, reason: null })));
  const stored = await cdrs(...ids);
  expect(stored).toHaveLength(4);
  for (const cdr of stored) {
    expect(cdr.part).toBe(`dci.cdr_${cdr.started_at.toISOString().slice(0, 7).replace('-', '_')}`);
    expect(cdr).toMatchObject({ hub_id: (await hub('mf')).id, slot: '7001', direction: 'internal', dtmf_sent: '42', rtp_sent: '1400' });
  }
  const again = [...batch, ...batch.map((c) => ({ ...c, outcome: 'failed', ringing_at: null, answered_at: null, rtp_sent: 9, started_at: ago(3), ended_at: ago(2) }))];
  const all = await Promise.all([ingest(mf, batch), ingest(mf, again), ingest(mf, again.reverse())]);
  for (const verdicts of all) expect(verdicts.filter((v) => !v.accepted)).toEqual([]);
  expect(await cdrs(...ids)).toEqual(stored);
  expect((await one('select (select count(*) from dci.cdr) = (select count(*) from dci.cdr_key) as whole')).whole).toBe(true);
});

test('the hub is who the session is: what the JSON says does not count, and a call has one hub', async () => {
  const mine = record(0, { hub_id: (await hub('mf')).id, hub: 'mf', started_at: ago(0, -60), ringing_at: null, answered_at: null, ended_at: ago(0), outcome: 'failed', slot: '8001' });
  expect(await ingest(ls, [mine])).toMatchObject([{ accepted: true }]);
  const [stored] = await cdrs(mine.call_id);
  expect(stored.hub_id).toBe((await hub('ls')).id);
  expect(await ingest(mf, [mine])).toMatchObject([{ accepted: false, reason: "this call is another hub's" }]);
  expect(await cdrs(mine.call_id)).toEqual([stored]);
});

test('a wrong record costs itself only', async () => {
  const good = record(0, { started_at: ago(0, -60), ringing_at: null, answered_at: null, ended_at: ago(0), outcome: 'failed' });
  const wrong = [{ ...good, call_id: 'no uuid' }, { ...good, call_id: randomUUID(), ended_at: ago(5) }, { ...good, call_id: randomUUID(), outcome: 'refused' }];
  const verdicts = await ingest(mf, [wrong[0], good, ...wrong.slice(1)]);
  expect(verdicts.map((v) => v.accepted)).toEqual([false, true, false, false]);
  expect(await cdrs(good.call_id)).toHaveLength(1);
});

test('the role may execute that function and nothing else', async () => {
  const { short_id } = await hub('mf'), role = `hub_${short_id}`;
  for (const sql of ['select 1 from dci.cdr', 'select 1 from dci.hub_role', 'select 1 from ottb.lead', 'select 1 from point.person', 'select dci.make_partitions()', "select dci.merge_pbx_facts('[]')",
    'create table public.mine (a int)', 'create table dci.mine (a int)', 'create temporary table mine (a int)', `select pg_read_file('/etc/passwd')`, "copy (select 1) to program 'id'", 'set role vss', 'set session authorization vss'])
    await expect(mf.query(sql), sql).rejects.toMatchObject({ code: '42501' });
  const functions = await rows(`select p.oid::regprocedure::text as f from pg_proc p join pg_namespace s on s.oid = p.pronamespace
    where s.nspname in ('dci', 'ottb', 'point', 'sip') and has_schema_privilege($1, s.oid, 'usage') and has_function_privilege($1, p.oid, 'execute')`, role);
  expect(functions).toEqual([{ f: 'dci.ingest_cdr(jsonb)' }]);
  expect(await rows(`select c.oid::regclass::text as t from pg_class c join pg_namespace s on s.oid = c.relnamespace
    where s.nspname in ('dci', 'ottb', 'point', 'sip', 'public') and c.relkind in ('r', 'p', 'v', 'm') and
      has_table_privilege($1, c.oid, 'select, insert, update, delete, truncate')`, role)).toEqual([]);
  expect(await one('select rolsuper, rolcreaterole, rolcreatedb, rolbypassrls, rolreplication from pg_roles where rolname = $1', role))
    .toEqual({ rolsuper: false, rolcreaterole: false, rolcreatedb: false, rolbypassrls: false, rolreplication: false });
});

test('without TLS, or under an owner\'s name, nobody enters by the network', async () => {
  await expect(database('mf', false)).rejects.toThrow(/no encryption/);
  expect((await mf.query("select ssl from pg_stat_ssl where pid = pg_backend_pid()")).rows).toEqual([{ ssl: true }]);
  for (const user of ['vss', 'postgres', 'kamailio']) await expect(database('mf', true, user), user).rejects.toThrow(/rejects|no pg_hba.conf entry/);
});
