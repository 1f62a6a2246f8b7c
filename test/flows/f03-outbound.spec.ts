// F-03: a lead's number becomes a call at a carrier and comes back as an outcome. One campaign over every behaviour of the
// simulated carriers; the outcome is compared with what the carrier wrote down.
import { expect, test } from '@playwright/test';
import { csv, finished, importLeads, makeCampaign, number, start } from '../parts/campaign.ts';
import { carrierCalls, doubleDialled, type CarrierCall } from '../parts/carrier.ts';
import { rows } from '../parts/db.ts';
import { until } from '../parts/until.ts';

test.setTimeout(180_000);

// last two digits (engines/carrier/behaviour.conf) -> outcome
const cases: [string, string, string][] = [
  ['00', 'answered', 'answers'], ['25', 'answered', 'answers at once'], ['50', 'answered', 'answers and hangs up'], ['53', 'answered', 'early media first'],
  ['55', 'busy', 'busy'], ['67', 'no_answer', 'rings for ever'], ['77', 'rejected', 'declines'], ['83', 'rejected', 'forbids'],
  ['85', 'invalid', 'unknown number'], ['89', 'answered', '503 at the first trunk, answered at the second'], ['95', 'failed', '503 after ringing'],
  ['96', 'failed', 'silence'], ['97', 'unknown', '100, then silence'], ['98', 'unknown', '180, then silence'],
];

interface Attempt { number: string; outcome: string; lead_call_id: string; dialled_at: Date; answered_at: Date | null; trunk_id: number | null; id: string }
const calls = new Map<string, CarrierCall>();
const attempts = new Map<string, Attempt>();
const numbers = cases.map(([digits]) => number(digits));

test.describe.configure({ mode: 'serial' });

test('a campaign over every behaviour ends, and its books balance', async () => {
  const since = Date.now(), campaign = await makeCampaign({ ring_seconds: 6 });
  await importLeads(campaign, csv(numbers));
  await start(campaign);
  const end = await finished(campaign, 150_000);
  expect(end.finished).toBe(numbers.length);
  const seen = carrierCalls(since);
  expect(doubleDialled(seen)).toEqual([]);
  for (const call of seen) calls.set(call.number.replace(/^\+?/, '+'), call);
  const stored = await rows<Attempt>(
    'select id, outcome, lead_call_id, dialled_at, answered_at, trunk_id from ottb.attempt where campaign_id = $1', campaign.id);
  for (const attempt of stored) {
    const call = seen.find((c) => c.callId === attempt.lead_call_id);
    if (call) attempts.set(call.number.replace(/^\+?/, '+'), attempt);
  }
  expect(attempts.size).toBe(numbers.length);
});

for (const [i, [digits, outcome, what]] of cases.entries())
  test(`${digits}, ${what}: ${outcome}`, () => {
    expect(attempts.get(numbers[i]!)?.outcome).toBe(outcome);
    expect(calls.get(numbers[i]!)?.answered).toBe(outcome === 'answered');
  });

test('failover is one call: the second carrier saw the same Call-ID', () => {
  const call = calls.get(numbers[cases.findIndex(([d]) => d === '89')]!)!;
  expect(new Set(call.events.map((e) => e.carrier))).toEqual(new Set(['a', 'b']));
  expect(call.events.find((e) => e.carrier === 'a' && e.event === 'refused')?.what).toBe('503');
});

test('silence is not tried at another trunk', () => {
  for (const digits of ['95', '96', '97', '98']) {
    const call = calls.get(numbers[cases.findIndex(([d]) => d === digits)]!)!;
    expect(new Set(call.events.map((e) => e.carrier)).size, digits).toBe(1);
  }
});

test('each call has one CDR, and packets went both ways in the answered ones', async () => {
  for (const [who, attempt] of attempts) {
    const cdr = await until('both halves of the CDR', async () => {
      const found = await rows('select * from dci.cdr where call_id = $1', attempt.id);
      expect(found.length).toBeLessThanOrEqual(1);
      return found[0]?.hub_at && found[0]?.pbx_at ? found[0] : null;
    }, 20_000);
    if (attempt.outcome !== 'answered') continue;
    expect(Number(cdr.rtp_sent), `sent by the slot of ${who.slice(-2)}`).toBeGreaterThan(20);
    expect(Number(cdr.rtp_received), `received by the slot of ${who.slice(-2)}`).toBeGreaterThan(0);
    expect(Number(cdr.pbx_rtp_received), `received from the lead ${who.slice(-2)}`).toBeGreaterThan(20);
    expect(Number(cdr.pbx_rtp_sent), `sent to the lead ${who.slice(-2)}`).toBeGreaterThan(20);
  }
});
