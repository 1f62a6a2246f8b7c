import { expect, test } from 'vitest';
import type { Command } from '@/api/commands.ts';
import { type ItemResult, planOne, runBulk } from './bulk.ts';
import { fromList, type WallSlot } from './wall-slot.ts';

const slot = (number: string, more: Partial<WallSlot> = {}): WallSlot => ({
  ...fromList({ number, kind: 'MF', hub: 'h', hub_id: 'i', state: 'IDLE', since: '', registered: true, unreachable: false, drain: false, locked: false, quarantine: false, rung: 0, epoch: 1, media: 'tone', retired: false }),
  ...more,
});
const answer = (more: Partial<Command> = {}): Command => ({ id: 'c', hub: 'h', verb: 'v', asked_by: 'p', created_at: '', done_at: 'now', ok: true, ...more });

test('the dry run says for each slot what would happen, and why nothing would', () => {
  expect(planOne('drain', slot('1'))).toMatchObject({ verbs: ['drain'], note: 'will' });
  expect(planOne('drain', slot('1', { drain: true }))).toMatchObject({ verbs: [], note: 'already' });
  expect(planOne('drain', slot('1', { state: 'ACTIVE_CALL' }))).toMatchObject({ verbs: ['drain'], note: 'afterCall' });
  expect(planOne('lock', slot('1', { unreachable: true }))).toMatchObject({ verbs: ['lock'], note: 'unreachable' });
  expect(planOne('release', slot('1', { drain: true, locked: true })).verbs).toEqual(['unlock', 'undrain']);
  expect(planOne('release', slot('1'))).toMatchObject({ verbs: [], note: 'notHeld' });
  expect(planOne('recover', slot('1'))).toMatchObject({ verbs: [], note: 'notFault' });
  expect(planOne('recover', slot('1', { state: 'CALLING' }))).toMatchObject({ verbs: [], note: 'busy' });
  expect(planOne('lock', slot('1', { retired: true }))).toMatchObject({ verbs: [], note: 'retired' });
});

test('each item has its own result; what fails stops nothing else', async () => {
  const last = new Map<string, ItemResult>();
  const plans = ['1', '2', '3', '4'].map((number) => planOne('drain', slot(number)));
  const run = runBulk([...plans, planOne('drain', slot('5', { drain: true }))], 'why', async (number) => {
    if (number === '2') throw new Error('away');
    if (number === '3') return answer({ ok: false, message: 'held' });
    return answer(number === '4' ? { done_at: undefined, ok: undefined } : {});
  }, (one) => last.set(one.number, one));
  await run.finished;
  expect([...last.values()].map((one) => [one.number, one.state])).toEqual([['1', 'done'], ['2', 'failed'], ['3', 'failed'], ['4', 'sent']]);
  expect((last.get('3')!.why as Error).message).toBe('held');
});

test('never more than six at once, and a stop leaves the rest alone', async () => {
  let now = 0;
  let most = 0;
  const last = new Map<string, ItemResult>();
  const plans = Array.from({ length: 30 }, (_, i) => planOne('lock', slot(String(i))));
  const run = runBulk(plans, 'why', async () => {
    most = Math.max(most, ++now);
    await Promise.resolve();
    now--;
    return answer();
  }, (one) => {
    last.set(one.number, one);
    if ([...last.values()].filter((each) => each.state === 'done').length === 10) run.stop();
  });
  await run.finished;
  expect(most).toBe(6);
  const states = [...last.values()].map((one) => one.state);
  expect(states).toHaveLength(30);
  expect(states.filter((one) => one === 'stopped').length).toBeGreaterThan(10);
});

test('a release of a slot that is locked and drained is two orders, the second only after the first', async () => {
  const orders: string[] = [];
  const run = runBulk([planOne('release', slot('1', { drain: true, locked: true }))], 'why', async (_number, verb) => {
    orders.push(verb);
    return answer({ ok: verb !== 'unlock' });
  }, () => undefined);
  await run.finished;
  expect(orders).toEqual(['unlock']);
});
