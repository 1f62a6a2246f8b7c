import { expect, test } from 'vitest';
import { restingSlots, withChosen } from './test-slots.ts';

test('only a slot at rest that nobody holds dials for a test', () => {
  const slot = { number: '7001', state: 'IDLE', registered: true, locked: false, drain: false, retired: false, unreachable: false };
  const all = [slot, { ...slot, number: '7002', state: 'READY' }, { ...slot, number: '7003', locked: true }, { ...slot, number: '7004', drain: true }, { ...slot, number: '7005', unreachable: true }, { ...slot, number: '7006', retired: true }];
  expect(restingSlots(all).map((one) => one.number)).toEqual(['7001']);
});

test('who was chosen stays in the list', () => {
  const [a, b] = [{ number: '7001' }, { number: '7002' }];
  expect([withChosen([a], [a, b], '7002'), withChosen([a], [a, b], '7001'), withChosen([a], [a, b], null)]).toEqual([[b, a], [a], [a]]);
});
