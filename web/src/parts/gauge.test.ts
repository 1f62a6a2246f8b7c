import { expect, test } from 'vitest';
import { gaugeTone } from './gauge.tsx';

test('a limit is near from four fifths on, and reached a little before its end', () => {
  expect([gaugeTone(79, 100), gaugeTone(80, 100), gaugeTone(94, 100), gaugeTone(95, 100), gaugeTone(120, 100), gaugeTone(0, 0)]).toEqual(['main', 'warn', 'warn', 'bad', 'bad', 'bad']);
});
