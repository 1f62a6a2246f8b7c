// F-10: a slot calls 1001, hears the prompts and presses keys; both directions are counted on the slot's own leg. In campaigns the
// lead hears and presses; opting out reaches the do-not-call list within a second.
import { expect, test } from '@playwright/test';
import { get, post } from '../parts/api.ts';
import { csv, finished, importLeads, makeCampaign, number, start } from '../parts/campaign.ts';
import { carrierCalls } from '../parts/carrier.ts';
import { rows } from '../parts/db.ts';
import { registered, rpc } from '../parts/sip.ts';
import { until } from '../parts/until.ts';

test.describe.configure({ mode: 'serial' });
test.setTimeout(120_000);

const slot = '7002';
const inState = (state: string, limit = 15_000): Promise<any> =>
  until(`${slot} is ${state}`, async () => ((await get(`/ottb/slots/${slot}`)).state === state ? true : null), limit, 50);

test('slot -> 1001: prompts heard, keys understood, both directions counted', async () => {
  await until(`${slot} is registered`, () => registered(slot));
  const since = new Date();
  await post(`/ottb/slots/${slot}/dial`, { to: '1001' }, 'engineer');
  await inState('ACTIVE_CALL');
  await new Promise((done) => setTimeout(done, 3000));
  await post(`/ottb/slots/${slot}/dtmf`, { digits: '42' }, 'engineer');
  await inState('IDLE', 40_000);
  const cdr = await until('the CDR', async () => (await rows("select * from dci.cdr where slot = $1 and direction = 'internal' and started_at >= $2 and hub_at is not null and pbx_at is not null", slot, since))[0], 20_000);
  const talked = (cdr.hub_ended_at - cdr.hub_answered_at) / 1000;
  expect(talked).toBeGreaterThan(3);
  expect(Number(cdr.rtp_sent)).toBeGreaterThan(talked * 50 * 0.9);
  expect(Number(cdr.rtp_received)).toBeGreaterThan(100);
  expect(cdr.dtmf_sent).toBe('42');
  expect(cdr.pbx_dtmf).toBe('42');
  expect((await rows('select 1 from dci.cdr where slot = $1 and started_at >= $2', slot, since)).length, 'one call, one CDR').toBe(1);
});

test('in a campaign: what the lead presses is what arrives, key for key', async () => {
  const since = Date.now(), pressing = ['30', '31', '43', '48', '49'].map(number);
  const campaign = await makeCampaign();
  await importLeads(campaign, csv(pressing));
  await start(campaign);
  await finished(campaign, 90_000);
  const pressed = new Map<string, string>();
  for (const call of carrierCalls(since)) pressed.set(call.callId, call.events.filter((e) => e.event === 'key').map((e) => e.what).join(''));
  const stored = await rows('select lead_call_id, dtmf, outcome from ottb.attempt where campaign_id = $1', campaign.id);
  expect(stored).toHaveLength(pressing.length);
  for (const attempt of stored) {
    expect(attempt.outcome).toBe('answered');
    expect(attempt.dtmf ?? '', attempt.lead_call_id).toBe(pressed.get(attempt.lead_call_id));
  }
});

test('opting out: on the list and at the edge within a second, and never dialled again', async () => {
  const since = Date.now(), quits = number('43');
  const before = (await rows('select edge_hash from ottb.dnc')).map((r) => r.edge_hash);
  const campaign = await makeCampaign();
  await importLeads(campaign, csv([quits]));
  await start(campaign);
  const key = await until('the lead presses 9', () => carrierCalls(since).flatMap((c) => c.events).find((e) => e.event === 'key' && e.what === '9'), 30_000, 20);
  const entry = await until('the number is on the list', async () => (await rows('select edge_hash, added_at from ottb.dnc')).find((r) => !before.includes(r.edge_hash)), 5000, 20);
  expect(entry.added_at.getTime() - key.at).toBeLessThan(1000);
  await until('the edge refuses it', async () => JSON.stringify(await rpc('htable.get', 'dnc', entry.edge_hash).catch(() => '')).includes(entry.edge_hash), 1500, 20);
  await finished(campaign, 60_000);
  const again = await makeCampaign();
  await importLeads(again, csv([quits]));
  await start(again);
  await finished(again, 60_000).catch(() => null);
  expect(carrierCalls(since).filter((c) => c.number.endsWith(quits.slice(1)))).toHaveLength(1);
});
