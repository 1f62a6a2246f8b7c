// Two server processes on one truth share the load; when the one that owns a PBX's connections, or a campaign, is killed, the other
// has it within 5 s and calls go on.
import { expect, test } from '@playwright/test';
import { csv, ensureTrunks, finished, importLeads, makeCampaign, number, start, type Campaign } from '../parts/campaign.ts';
import { carrierCalls, doubleDialled } from '../parts/carrier.ts';
import { one, rows } from '../parts/db.ts';
import { callsAgain, whole } from '../parts/fault.ts';
import { api, pid, port, vss } from '../parts/stack.ts';
import { until } from '../parts/until.ts';

test.describe.configure({ mode: 'serial' });
test.setTimeout(180_000);

interface Lease { owner: string; fence: number; live: boolean }
const lease = (name: string): Promise<Lease | undefined> =>
  one<Lease & { [k: string]: unknown }>('select owner, fence::int as fence, until > now() as live from ottb.lease where name = $1', name);
const holder = (l: Lease): number => Number(l.owner.split(':')[1]);
const second = `http://127.0.0.1:${port('API2')}`;

const campaigns: Campaign[] = [];
let since: number;

/** Two calls a second for half a minute. */
async function calling(): Promise<Campaign> {
  const campaign = await makeCampaign({ calls_per_second: 2 });
  await importLeads(campaign, csv(Array.from({ length: 60 }, (_, i) => number(['00', '55', '25', '77'][i % 4]!))));
  await start(campaign);
  campaigns.push(campaign);
  return campaign;
}

test.beforeAll(async () => {
  await ensureTrunks();
  await vss('start', 'server2');
  since = Date.now();
});
test.afterAll(async () => {
  await vss('stop', 'server2');
  await whole();
});

test('both answer, on one truth, and hubs are spread over both', async () => {
  for (const at of [api, second]) expect((await fetch(`${at}/readyz`)).status).toBe(200);
  // hubs reach either process at one address; whoever comes anew may land on the second
  for (let i = 0; i < 8; i++) {
    const [{ n }] = (await rows('select count(distinct linked_server)::int as n from ottb.hub where not unreachable')) as [{ n: number }];
    if (n === 2) return;
    await vss('restart', i % 2 ? 'archont-ls' : 'archont-auto');
    await until('the hub is back', async () => (await one("select bool_and(not unreachable) as ok from ottb.hub")).ok, 20_000);
  }
  throw new Error('eight arrivals and none at the second process');
});

for (const what of ['pbx:1', 'campaign'])
  test(`killing the owner of ${what}: the other has it within 5 s`, async () => {
    const campaign = await calling();
    const name = what === 'campaign' ? `campaign:${campaign.id}` : what;
    const before = await until(`${name} has an owner`, async () => { const l = await lease(name); return l?.live ? l : null; });
    const owner = holder(before), processes = { server: await pid('server'), server2: await pid('server2') };
    expect(Object.values(processes)).toContain(owner);
    const other = owner === processes.server ? processes.server2 : processes.server;
    process.kill(owner, 'SIGKILL');
    const at = Date.now();
    const after = await until('the other process has it', async () => { const l = await lease(name); return l?.live && holder(l) !== owner ? l : null; }, 8000, 20);
    const took = Date.now() - at;
    console.log(`  ${what}: taken over after ${took} ms, fence ${before.fence} -> ${after.fence}`);
    expect(took).toBeLessThanOrEqual(5000);
    expect(holder(after)).toBe(other);
    expect(after.fence).toBeGreaterThan(before.fence);
    await callsAgain(campaign, at, 15_000);
    await whole();
  });

test('both campaigns end, and nobody was called twice', async () => {
  for (const campaign of campaigns) {
    const end = await finished(campaign, 120_000);
    expect(end.finished + end.due).toBe(60);
  }
  expect(doubleDialled(carrierCalls(since))).toEqual([]);
});
