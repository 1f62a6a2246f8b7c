// F-01: leads travel through RabbitMQ as ids, never as phone numbers; none is lost and none is dialled twice, whatever happens to the
// broker and to the hub whose queue holds them. The carriers' own books say who was called.
import { expect, test } from '@playwright/test';
import { refuser, tap } from '../parts/broker.ts';
import { csv, finished, importLeads, makeCampaign, number, progress, start, type Campaign } from '../parts/campaign.ts';
import { carrierCalls, doubleDialled } from '../parts/carrier.ts';
import { one, rows } from '../parts/db.ts';
import { hub, reachable } from '../parts/hub.ts';
import { pid, vss } from '../parts/stack.ts';
import { until } from '../parts/until.ts';

test.describe.configure({ mode: 'serial' });
test.setTimeout(180_000);

const attemptsOf = (campaign: Campaign): Promise<any[]> =>
  rows('select a.*, h.short_id, h.label from ottb.attempt a join ottb.hub h on h.id = a.hub_id where a.campaign_id = $1 order by a.id', campaign.id);

/** Every lead ended once: one call each at the carriers, one attempt with an outcome, and what was given back cost nothing. */
async function booksBalance(campaign: Campaign, numbers: string[], since: number): Promise<void> {
  const calls = carrierCalls(since), attempts = await attemptsOf(campaign);
  expect(doubleDialled(calls)).toEqual([]);
  expect(calls.map((c) => c.number).sort()).toEqual([...numbers].sort());
  const leads = await rows('select id, state, attempts from ottb.lead where campaign_id = $1', campaign.id);
  expect(leads.filter((l) => l.state !== 'finished' || l.attempts !== 1)).toEqual([]);
  const done = attempts.filter((a) => a.state === 'done'), back = attempts.filter((a) => a.state !== 'done');
  expect(done.map((a) => a.lead_id).sort()).toEqual(leads.map((l) => l.id).sort());
  expect(done.map((a) => a.lead_call_id).sort()).toEqual(calls.map((c) => c.callId).sort());
  for (const attempt of back) expect(attempt).toMatchObject({ state: 'returned', outcome: null, dialled_at: null });
  expect((await one('select count(*)::int as n from ottb.outbox')).n).toBe(0);
}

test('ids travel, never numbers: every message of a campaign, body and headers', async () => {
  const broker = await tap(), since = Date.now(), numbers = ['25', '26', '55', '77', '85', '67', '50', '89'].map(number);
  const campaign = await makeCampaign();
  try {
    await importLeads(campaign, csv(numbers));
    await start(campaign);
    await finished(campaign, 60_000);
  } finally {
    await broker.remove();
  }
  await booksBalance(campaign, numbers, since);
  const attempts = await attemptsOf(campaign), leads = (way: string) => broker.heard.filter((m) => m.way === way && /^hub\.[0-9a-f]{12}\.leads$/.test(m.queue));
  for (const way of ['publish', 'deliver']) {
    const said = leads(way).map((m) => ({ ...JSON.parse(m.body), queue: m.queue }));
    expect(said.map((m) => [m.attempt, m.queue, m.slot, m.campaign]).sort(), way).toEqual(attempts.map((a) => [a.id, `hub.${a.short_id}.leads`, a.slot, campaign.id]).sort());
    for (const message of said) expect(Object.keys(message).sort()).toEqual(['attempt', 'campaign', 'epoch', 'not_after', 'queue', 'slot', 'trail', 'v']);
  }
  expect(leads('publish').every((m) => m.persistent), 'a lead outlives the broker').toBe(true);
  for (const { body, headers } of broker.heard)
    for (const text of [body, headers, Buffer.from(body, 'base64').toString('latin1')]) {
      expect(text).not.toMatch(/\+\d{7,15}/);
      for (const digits of numbers) expect(text).not.toContain(digits.slice(-10));
    }
});

test('a hub that cannot take its leads gives them back unchanged, and another delivery dials them once', async () => {
  const { short_id } = await hub('mf'), since = Date.now(), numbers = ['25', '26', '27', '28', '29', '56', '57', '58'].map(number);
  const campaign = await makeCampaign({ slots: { kinds: ['MF'] } }), other = await refuser(`hub.${short_id}.leads`);
  await importLeads(campaign, csv(numbers));
  const before = await rows('select id, attempts, priority, phone_index from ottb.lead where campaign_id = $1 order by id', campaign.id);
  await start(campaign);
  await until('three leads were refused', () => other.refused.length >= 3, 30_000, 20);
  await other.leave();
  const gone = other.refused.map((m) => m.attempt);
  await finished(campaign, 60_000);
  await booksBalance(campaign, numbers, since);
  const back = (await attemptsOf(campaign)).filter((a) => a.state === 'returned');
  expect(back.map((a) => a.id).sort()).toEqual(expect.arrayContaining(gone.sort()));
  for (const attempt of back) expect(attempt.refusal).toBe('not_taken');
  const after = await rows('select id, priority, phone_index from ottb.lead where campaign_id = $1 order by id', campaign.id);
  expect(after).toEqual(before.map(({ attempts: _, ...lead }) => lead));
});

test('RabbitMQ stops in the middle of a campaign and starts again: every lead ends once', async () => {
  const since = Date.now(), campaign = await makeCampaign();
  const numbers = ['26', '51', '57'].flatMap((digits) => Array.from({ length: 20 }, () => number(digits)));
  await importLeads(campaign, csv(numbers));
  await start(campaign);
  await until('the campaign is in its middle', () => carrierCalls(since).length >= 10, 30_000, 20);
  await vss('stop', 'rabbitmq');
  expect((await progress(campaign)).finished, 'it was stopped before the end').toBeLessThan(numbers.length);
  await until('leads wait in the outbox', async () => (await one('select count(*)::int as n from ottb.outbox')).n > 0, 20_000);
  await vss('start', 'rabbitmq');
  await finished(campaign, 120_000);
  await booksBalance(campaign, numbers, since);
});

test('a hub freezes while it holds leads: they return to due, others dial them, and the hub that wakes dials none', async () => {
  const since = Date.now(), numbers = Array.from({ length: 10 }, (_, i) => number(i % 2 ? '56' : '27'));
  const campaign = await makeCampaign({ slots: { numbers: ['7004', '7005', '7006', '7007', '6003', '6004'] } });
  await importLeads(campaign, csv(numbers));
  await reachable('mf');
  const frozen = await pid('archont-mf');
  process.kill(frozen, 'SIGSTOP');
  try {
    await start(campaign);
    await until('the frozen hub was given leads', async () => (await attemptsOf(campaign)).filter((a) => a.label === 'mf').length === 4, 12_000, 20);
    await finished(campaign, 120_000);
  } finally {
    process.kill(frozen, 'SIGCONT');
  }
  const held = (await attemptsOf(campaign)).filter((a) => a.label === 'mf');
  expect(held.map((a) => [a.state, a.dialled_at])).toEqual(Array(held.length).fill(['returned', null]));
  await reachable('mf');
  await until('the hub has looked at what it held', async () => (await rows(
    "select 1 from ottb.slot where number in ('7004', '7005', '7006', '7007') and (state <> 'IDLE' or lease_until is not null)")).length === 0, 30_000);
  await booksBalance(campaign, numbers, since);
});
