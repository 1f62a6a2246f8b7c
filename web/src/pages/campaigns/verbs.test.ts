import { expect, test } from 'vitest';
import { campaignStates, possible, undoOf, verbs } from './verbs.ts';

test('an undo brings back the state before, or is not offered', () => {
  expect(undoOf('pause', 'running')).toBe('resume');
  expect(undoOf('resume', 'paused')).toBe('pause');
  expect(undoOf('drain', 'running')).toBe('resume');
});

test('no undo dials where nobody was dialled before', () => {
  const offered = campaignStates.flatMap((state) => possible(state).map((verb) => [state, verb, undoOf(verb, state)]));
  expect(offered.filter(([state, , undo]) => undo === 'resume' && state !== 'running')).toEqual([]);
  expect(verbs.filter((verb) => undoOf(verb, 'paused') === 'resume' && verb !== 'pause')).toEqual([]);
});
