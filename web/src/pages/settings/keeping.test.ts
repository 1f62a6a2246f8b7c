import { expect, test } from 'vitest';
import { bytesOf, going, keptFrom } from './keeping.ts';

const now = Date.parse('2026-11-23T00:30:00+03:00'); // still the 22nd in UTC

test('whole months beside the one that runs are kept', () => {
  expect(keptFrom(14, now)).toBe('2025-09');
  expect(keptFrom(14, Date.parse('2026-12-01T00:30:00+03:00'))).toBe('2025-09'); // in UTC it is November yet
  expect(keptFrom(120, now)).toBe('2016-11');
});

test('what goes is what stands before', () => {
  const kept = ['2025-07', '2025-08', '2025-09', '2026-11'].map((month) => ({ month, bytes: 10 }));
  expect(going(kept, 14, now).map((one) => one.month)).toEqual(['2025-07', '2025-08']);
  expect(going(kept, 24, now)).toEqual([]);
  expect(bytesOf(kept)).toBe(40);
});
