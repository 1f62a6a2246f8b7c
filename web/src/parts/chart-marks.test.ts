import { expect, test } from 'vitest';
import { marksOf } from './chart-marks.ts';

const hours = Array.from({ length: 48 }, (_, i) => i * 3600);
const hour = (seconds: number) => (seconds / 3600) % 24;

test('every hour where there is room, else round ones', () => {
  expect(marksOf(hours.slice(0, 5), hour, 10)).toEqual(hours.slice(0, 5));
  expect(marksOf(hours, hour, 10).map(hour)).toEqual([0, 6, 12, 18, 0, 6, 12, 18]);
  expect(marksOf(hours, hour, 3).map(hour)).toEqual([0, 0]);
});

test('never more than there is room for', () => {
  const days = Array.from({ length: 400 }, (_, i) => i * 86_400);
  expect(marksOf(days, (seconds) => (seconds / 86_400) % 24, 8).length).toBeLessThanOrEqual(8);
});
