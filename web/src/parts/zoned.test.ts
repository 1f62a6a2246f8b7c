import { expect, test } from 'vitest';
import { fromWall, toWall } from './zoned.ts';

test('a reading of the site clock is a moment, and back', () => {
  expect(fromWall('2026-11-23T14:05', 'Europe/Moscow')).toBe('2026-11-23T11:05:00.000Z');
  expect(toWall('2026-11-23T11:05:00Z', 'Europe/Moscow')).toBe('2026-11-23T14:05');
  expect(fromWall('2026-07-01T09:00', 'America/New_York')).toBe('2026-07-01T13:00:00.000Z');
  expect(fromWall('2026-11-23T23:30', 'Asia/Kolkata')).toBe('2026-11-23T18:00:00.000Z');
});

test('a change of the clock is no trap', () => {
  // New York, 8 March 2026: 02:00 becomes 03:00.
  expect(fromWall('2026-03-08T01:59', 'America/New_York')).toBe('2026-03-08T06:59:00.000Z');
  expect(fromWall('2026-03-08T02:30', 'America/New_York')).toBe('2026-03-08T07:30:00.000Z');
  expect(fromWall('2026-03-08T03:00', 'America/New_York')).toBe('2026-03-08T07:00:00.000Z');
  expect(toWall(fromWall('2026-11-01T12:00', 'America/New_York'), 'America/New_York')).toBe('2026-11-01T12:00');
});

test('what is no reading is none', () => {
  expect(fromWall('', 'UTC')).toBeNull();
  expect(fromWall('tomorrow', 'UTC')).toBeNull();
  expect(toWall(undefined, 'UTC')).toBe('');
  expect(toWall('never', 'UTC')).toBe('');
});
