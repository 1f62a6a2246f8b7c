import { expect, test } from 'vitest';
import { funnelOf } from './funnel-steps.ts';

const counts = { leads: 100, due: 60, queued: 5, finished: 35, attempts: 52, outcomes: { answered: 20, busy: 10, no_answer: 12, blocked: 4, refused: 6 }, calls_now: 3, answered_now: 1, dtmf: 8 };

test('without any counts there is no funnel', () => {
  expect(funnelOf(undefined, null)).toBeNull();
});

test('what never left the house is no attempt', () => {
  expect(funnelOf(counts, null)).toEqual([{ id: 'leads', count: 100 }, { id: 'attempted', count: 42 }, { id: 'answered', count: 20 }, { id: 'pressed', count: 8 }]);
});

test('live counts are newer', () => {
  const now = { id: 'c', name: 'c', state: 'running', total: 120, finished: 40, due: 70, calls_now: 4, answered: 25, busy: 11, no_answer: 12, failed: 9, rate: 1 };
  expect(funnelOf(counts, now)?.map((step) => step.count)).toEqual([120, 57, 25, 8]);
  expect(funnelOf(undefined, now)?.map((step) => step.id)).toEqual(['leads', 'attempted', 'answered']);
});
