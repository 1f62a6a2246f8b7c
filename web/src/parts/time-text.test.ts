import { expect, test } from 'vitest';
import { age, dayAndTime, moment, timer, utc } from './time-text.ts';

const at = Date.UTC(2026, 10, 23, 11, 3, 22);
const moscow = { language: 'ru', zone: 'Europe/Moscow' };

test('24 hours in the zone of the site; the day only where it is another', () => {
  expect(moment(at, at + 1000, moscow)).toBe('14:03:22');
  expect(moment(at, at + 86_400_000, moscow)).toBe('23.11.2026 14:03:22');
  expect(moment(Date.UTC(2026, 10, 22, 21, 30), at, moscow)).toBe('00:30:00'); // midnight is the zone's
  expect(dayAndTime(at, { language: 'en-GB', zone: 'UTC' })).toBe('23/11/2026, 11:03:22');
  expect(utc(at)).toBe('2026-11-23 11:03:22 UTC');
});

test('timers and ages', () => {
  expect([timer(-5), timer(7_900), timer(764_000), timer(3_723_000)]).toEqual(['0:00', '0:07', '12:44', '1:02:03']);
  expect([age(59_999, 'en'), age(60_000, 'en'), age(7_200_000, 'en'), age(200_000_000, 'en')]).toEqual(['59 sec', '1 min', '2 hr', '2 days']);
  expect(age(14_000, 'ru')).toBe('14 с');
});
