// F-11: how attempts ended. A report counts once however often and by however many ways it comes; it waits on the hub while the
// server is away; another hub's attempt is not this hub's business; what is malformed is answered by pointer.
import { expect, test } from '@playwright/test';
import { randomUUID } from 'node:crypto';
import { call } from '../parts/api.ts';
import { csv, finished, importLeads, makeCampaign, number, start, type Campaign } from '../parts/campaign.ts';
import { carrierCalls, doubleDialled } from '../parts/carrier.ts';
import { one, rows } from '../parts/db.ts';
import { journal, reachable, say, waiting } from '../parts/hub.ts';
import { pid, status, vss } from '../parts/stack.ts';
import { until } from '../parts/until.ts';

test.describe.configure({ mode: 'serial' });
test.setTimeout(150_000);

const attemptsOf = (campaign: Campaign): Promise<any[]> => rows('select * from ottb.attempt where campaign_id = $1 order by id', campaign.id);
const booksOf = async (campaign: Campaign): Promise<unknown> => ({
  attempts: await attemptsOf(campaign), leads: await rows('select * from ottb.lead where campaign_id = $1 order by id', campaign.id),
  cdrs: await rows('select c.* from dci.cdr c join ottb.attempt a on a.id = c.call_id where a.campaign_id = $1 order by c.call_id', campaign.id),
});
const reportOf = (attempt: any, more: Record<string, unknown> = {}): any => ({
  trail: attempt.trail, attempt: attempt.id, slot: attempt.slot, epoch: Number(attempt.epoch), outcome: 'answered', sip_code: 200, dialled_at: new Date().toISOString(),
  ringing_at: null, answered_at: new Date().toISOString(), ended_at: new Date().toISOString(), rtp_sent: 1, rtp_received: 1, rtp_lost: 0, detail: '', ...more,
});

test('the server is away while calls end: every report waits on its hub, and every attempt gets its outcome', async () => {
  const since = Date.now(), campaign = await makeCampaign({ slots: { kinds: ['MF'] } });
  await importLeads(campaign, csv(['00', '01', '50', '51', '55', '77', '67', '68', '69', '70', '71', '72'].map(number)));
  const server = await pid('server'), calls = (event: string) => carrierCalls(since).filter((c) => c.events.at(-1)!.event === event).length;
  await start(campaign);
  await until('calls are up and others ring', () => calls('answered') >= 3 && calls('ringing') >= 5, 30_000, 20);
  process.kill(server, 'SIGKILL');
  await vss('stop', 'server');
  let spooled: string[], back: Date;
  try {
    await until('reports wait on the hub', () => waiting('mf', 'report') >= 5, 45_000);
    spooled = journal('mf', 'select id from report').map((r) => r.id);
    back = new Date();
  } finally {
    await vss('start', 'server');
  }
  await reachable('mf', 60_000);
  await finished(campaign, 60_000);
  await until('the hub has delivered', () => waiting('mf', 'report') === 0, 30_000);
  const attempts = await attemptsOf(campaign);
  expect(attempts.map((a) => a.id).filter((id) => spooled.includes(id)).sort()).toEqual([...spooled].sort());
  for (const attempt of attempts) {
    expect(attempt.state).toBe('done');
    expect(attempt.outcome, attempt.lead_call_id).not.toBeNull();
    if (spooled.includes(attempt.id)) expect(attempt.hub_reported_at.getTime()).toBeGreaterThan(back.getTime());
  }
  expect(doubleDialled(carrierCalls(since))).toEqual([]);
  const answered = carrierCalls(since).filter((c) => c.answered).map((c) => c.callId);
  for (const attempt of attempts) {  // of what was between two words when the server died, nobody may know
    const known = answered.includes(attempt.lead_call_id) ? ['answered', 'unknown'] : ['busy', 'no_answer', 'rejected', 'failed', 'abandoned', 'unknown'];
    expect(known, attempt.lead_call_id).toContain(attempt.outcome);
  }
});

test('the same report again, also with another outcome and twenty at once, changes nothing', async () => {
  const campaign = await makeCampaign({ slots: { kinds: ['MF'] } });
  await importLeads(campaign, csv([number('51'), number('56')]));
  await start(campaign);
  await finished(campaign);
  await until('the hub has reported both', async () => (await attemptsOf(campaign)).every((a) => a.hub_reported_at && a.pbx_ended_at) && waiting('mf', 'cdr') === 0);
  const before = await booksOf(campaign), attempts = await attemptsOf(campaign);
  const again = attempts.flatMap((a) => [reportOf(a), reportOf(a, { outcome: 'failed', sip_code: 503 })]);
  const receipts = await Promise.all(Array.from({ length: 20 }, (_, i) => say('mf', '/link/reports', { reports: [again[i % again.length]] })));
  for (const receipt of receipts) expect(receipt).toMatchObject({ status: 200, body: { unknown: [] } });
  expect(await booksOf(campaign)).toEqual(before);
});

test('twenty first reports of one attempt at once: one effect', async () => {
  await vss('stop', 'rabbitmq');
  const campaign = await makeCampaign({ slots: { kinds: ['MF'] }, max_attempts: 3 });
  try {
    await importLeads(campaign, csv([number('02')]));
    await start(campaign);
    const attempt = await until('the attempt is queued', async () => (await attemptsOf(campaign))[0]);
    const receipts = await Promise.all(Array.from({ length: 20 }, () => say('mf', '/link/reports', { reports: [reportOf(attempt)] })));
    for (const receipt of receipts) expect(receipt).toMatchObject({ status: 200, body: { accepted: [attempt.id], unknown: [] } });
    expect((await attemptsOf(campaign)).map((a) => [a.id, a.state, a.outcome])).toEqual([[attempt.id, 'done', 'answered']]);
    expect(await one('select state, attempts, outcome from ottb.lead where campaign_id = $1', campaign.id)).toEqual({ state: 'finished', attempts: 1, outcome: 'answered' });
  } finally {
    await vss('start', 'rabbitmq');
    await until('the platform is ready', async () => (await status()).ready, 60_000);
  }
});

test('another hub\'s report is refused; without a hub\'s certificate nobody reports', async () => {
  const attempt = await one("select a.* from ottb.attempt a join ottb.hub h on h.id = a.hub_id where h.label = 'mf' and a.state = 'done' limit 1");
  const stranger = randomUUID(), lie = reportOf(attempt, { outcome: 'invalid', sip_code: 404 });
  const receipt = await say('ls', '/link/reports', { reports: [lie, reportOf(attempt, { attempt: stranger })] });
  expect(receipt).toMatchObject({ status: 200, body: { accepted: [], unknown: [attempt.id, stranger] } });
  expect(await one('select * from ottb.attempt where id = $1', attempt.id)).toEqual(attempt);
  expect((await say(null, '/link/reports', { reports: [lie] })).status).toBe(401);
  expect((await call('admin', 'POST', '/link/reports', { reports: [lie] })).status).toBeGreaterThanOrEqual(401);
});

const bad: [string, unknown, string[]][] = [
  ['no batch', {}, ['/reports']],
  ['an empty batch', { reports: [] }, ['/reports']],
  ['more than a hundred', { reports: Array.from({ length: 101 }, () => reportOf({ id: randomUUID(), trail: 't', slot: '7001', epoch: 1 })) }, ['/reports']],
  ['wrong types, by pointer', { reports: [reportOf({ id: 7, trail: 't', slot: '7001', epoch: 1 }, { outcome: 'wonderful', ended_at: 'yesterday', rtp_sent: 'many' })] },
    ['/reports/0/attempt', '/reports/0/ended_at', '/reports/0/outcome', '/reports/0/rtp_sent']],
  ['a member that does not belong', { reports: [{ ...reportOf({ id: randomUUID(), trail: 't', slot: '7001', epoch: 1 }), number: '+12125550100' }] }, ['/reports/0/number']],
];
for (const [what, body, pointers] of bad)
  test(`malformed, ${what}: a problem that names the place`, async () => {
    const answer = await say('mf', '/link/reports', body);
    expect(answer.status).toBe(422);
    expect(answer.type).toContain('application/problem+json');
    expect(answer.body.problems.map((p: any) => p.pointer).sort()).toEqual(pointers);
  });

test('malformed, not JSON at all: a problem too', async () => {
  const answer = await say('mf', '/link/reports', '{"reports": [');
  expect(answer.status).toBe(400);
  expect(answer.type).toContain('application/problem+json');
});
