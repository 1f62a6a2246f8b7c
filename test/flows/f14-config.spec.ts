// F-14: a hub runs the configuration that the tables say, by its hash. A change runs within seconds; what differs is shown within
// 30 s, whoever made it differ and whether or not the hub is there.
import { expect, test } from '@playwright/test';
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { call, get, post } from '../parts/api.ts';
import { rows } from '../parts/db.ts';
import { hub, journal, reachable, running, type Label } from '../parts/hub.ts';
import { registered } from '../parts/sip.ts';
import { state, vss } from '../parts/stack.ts';
import { until } from '../parts/until.ts';

test.describe.configure({ mode: 'serial' });
test.setTimeout(120_000);

const labels: Label[] = ['auto', 'mf', 'ls'];
const canonical = (v: any): string => Array.isArray(v) ? `[${v.map(canonical)}]` : v && typeof v === 'object'
  ? `{${Object.keys(v).sort().map((k) => `${JSON.stringify(k)}:${canonical(v[k])}`)}}` : JSON.stringify(v);
const hashOf = (document: unknown): string => createHash('sha256').update(canonical(document)).digest('hex');
const desired = async (label: Label): Promise<any> => get(`/ottb/hubs/${(await hub(label)).id}/config`);
const appliedHash = (label: Label): string => journal(label, "select value from value where key = 'config_hash'")[0]!.value;
const synced = (label: Label, not: string, limit: number): Promise<any> => until(`hub ${label} runs what is desired now`, async () => {
  const { config } = await hub(label);
  return config.in_sync && config.running_hash !== not && appliedHash(label) === config.desired_hash ? config : null;
}, limit, 50);
const drifts = (label: Label, running_hash: string): Promise<any> => until(`the drift of hub ${label} is shown`, async () => {
  const { config } = await hub(label);
  return !config.in_sync && config.desired_hash !== running_hash && config.running_hash === running_hash ? config : null;
}, 30_000, 50);

test.beforeAll(async () => { for (const label of labels) await reachable(label); });

for (const label of labels)
  test(`hub ${label} runs what is desired, hash and document`, async () => {
    const want = await desired(label), runs = running(label);
    expect(hashOf(runs)).toBe(want.hash);
    expect(want.state).toMatchObject({ desired_hash: want.hash, running_hash: want.hash, in_sync: true, drift: [] });
    expect(runs.slots.map((s: any) => s.number)).toEqual((await rows('select number from ottb.slot s join ottb.hub h on h.id = s.hub_id where h.label = $1 and not s.retired order by 1', label)).map((r) => r.number));
    const secrets = [runs.cdr_password, runs.rabbit_password, ...runs.slots.map((s: any) => s.sip_password)];
    for (const secret of secrets) expect(JSON.stringify(want), 'people see no secrets').not.toContain(secret);
  });

test('new credentials of a slot run within seconds', async () => {
  const before = (await hub('ls')).config.running_hash, old = running('ls').slots.find((s: any) => s.number === '8002').sip_password;
  await post('/ottb/slots/8002/credentials', {}, 'engineer');
  await synced('ls', before, 5000);
  const now = running('ls').slots.find((s: any) => s.number === '8002').sip_password;
  expect(now).not.toBe(old);
  expect(now).toBe((await get('/ottb/slots/8002/credentials', 'engineer')).password);
  await until('8002 is registered with them', () => registered('8002'), 15_000);
});

test('a slot that is added works within seconds; one that is retired is gone', async () => {
  const { id, config, slots } = await hub('ls');
  const { made } = await post(`/ottb/hubs/${id}/slots`, { virtual_slots: slots.total + 1 });
  expect(made).toHaveLength(1);
  const { running_hash } = await synced('ls', config.running_hash, 5000);
  await until(`${made[0]} is registered`, () => registered(made[0]), 15_000);
  await until(`${made[0]} is retired`, async () => {
    const { headers } = await call('admin', 'GET', `/ottb/slots/${made[0]}`);
    const { status } = await call('admin', 'DELETE', `/ottb/slots/${made[0]}`, undefined, { 'if-match': headers.get('etag')! });
    return status < 300 || (status !== 412 && Promise.reject(new Error(`refused with ${status}`))); // 412: its state changed since the look
  }, 5000);
  const end = await synced('ls', running_hash, 5000);
  expect(end.running_hash, 'the same document has the same name').toBe(config.running_hash);
  expect(running('ls').slots.map((s: any) => s.number)).not.toContain(made[0]);
});

test('a change that nobody announced is found, and mended, within 30 s', async () => {
  const { running_hash } = (await hub('ls')).config;
  await rows("update ottb.slot set media = 'silence' where number = '8002'");
  await synced('ls', running_hash, 30_000);
  expect(running('ls').slots.find((s: any) => s.number === '8002').media).toBe('silence');
  await rows("update ottb.slot set media = 'tone' where number = '8002'");
  expect((await synced('ls', appliedHash('ls'), 30_000)).running_hash).toBe(running_hash);
});

test('a hub that is away: its drift is shown, and ends when it comes back', async () => {
  const { running_hash } = (await hub('ls')).config;
  await vss('stop', 'archont-ls');
  try {
    await post('/ottb/slots/8001/credentials', {}, 'engineer');
    const shown = await drifts('ls', running_hash);
    expect(shown.desired_hash).toBe((await desired('ls')).hash);
  } finally {
    await vss('start', 'archont-ls');
  }
  await synced('ls', running_hash, 20_000);
  await until('8001 is registered', () => registered('8001'), 20_000);
});

test('what a hub cannot run is named by pointer within 30 s, and it goes on with what it had', async () => {
  const file = join(state, 'config', 'server.toml'), before = readFileSync(file, 'utf8'), { running_hash } = (await hub('ls')).config;
  writeFileSync(file, before.replace(/rtp_ports = "[^"]*"/, 'rtp_ports = "80-81"'));
  try {
    await vss('restart', 'server');
    for (const label of labels) await until(`hub ${label} shows its drift`, async () => (await hub(label)).config.drift.length > 0, 30_000);
    expect((await hub('ls')).config).toMatchObject({ running_hash, in_sync: false, drift: ['/rtp_ports'] });
    expect(appliedHash('ls')).toBe(running_hash);
    expect(await registered('8001')).toBe(true);
  } finally {
    writeFileSync(file, before);
    await vss('restart', 'server');
  }
  for (const label of labels) await reachable(label);
  expect((await hub('ls')).config).toMatchObject({ running_hash, in_sync: true, drift: [] });
});
