import { expect, test } from 'vitest';
import { didRule, targetOf, targetText } from './did-target.ts';

test('a target is taken apart and put together', () => {
  expect([targetOf('slot:7001'), targetOf('queue:1201'), targetOf('nobody')]).toEqual([{ kind: 'slot', number: '7001' }, { kind: 'queue', number: '1201' }, null]);
  expect([targetText('slot', '7001'), targetText('slot', '1001'), targetText('service', '1001'), targetText('queue', '')]).toEqual(['slot:7001', null, 'service:1001', null]);
});

test('our numbers are as the server takes them', () => {
  expect([didRule.test('+74955550100'), didRule.test('5550100'), didRule.test('7 495'), didRule.test('12')]).toEqual([true, true, false, false]);
});
