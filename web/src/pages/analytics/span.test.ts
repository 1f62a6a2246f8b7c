import { expect, test } from 'vitest';
import { analyticsSearch } from './search.ts';
import { clock, dayStart, filled, spanOf } from './span.ts';
import type { Row } from './types.ts';

const now = Date.parse('2026-11-23T07:52:10Z');
const moscow = 'Europe/Moscow';
const at = (text: string) => Date.parse(text);

test('ranges in the zone of the site; now is the end of the quarter', () => {
  expect(spanOf({}, now, moscow)).toEqual({ from: '2026-11-22T08:00:00.000Z', to: '2026-11-23T08:00:00.000Z' });
  expect(spanOf({ range: 'today' }, now, moscow)).toEqual({ from: '2026-11-22T21:00:00.000Z', to: '2026-11-23T08:00:00.000Z' });
  expect(spanOf({ range: 'yesterday' }, now, moscow)).toEqual({ from: '2026-11-21T21:00:00.000Z', to: '2026-11-22T21:00:00.000Z' });
  expect(spanOf({ range: '7d' }, now, moscow).from).toBe('2026-11-16T21:00:00.000Z');
});

test('a range of one’s own; a backward one is the day before its end', () => {
  expect(spanOf({ range: 'own', from: '2026-11-01T00:00:00Z', to: '2026-11-02T00:00:00Z' }, now, moscow)).toEqual({ from: '2026-11-01T00:00:00.000Z', to: '2026-11-02T00:00:00.000Z' });
  expect(spanOf({ range: 'own', from: '2026-11-03T00:00:00Z', to: '2026-11-02T00:00:00Z' }, now, moscow).from).toBe('2026-11-01T00:00:00.000Z');
});

test('days begin where clocks change', () => {
  // Berlin: 25 hours on 25 October 2026, 23 on 29 March.
  expect(dayStart(at('2026-10-25T12:00:00Z'), 'Europe/Berlin', 1) - dayStart(at('2026-10-25T12:00:00Z'), 'Europe/Berlin')).toBe(25 * 3_600_000);
  expect(dayStart(at('2026-03-29T12:00:00Z'), 'Europe/Berlin', 1) - dayStart(at('2026-03-29T12:00:00Z'), 'Europe/Berlin')).toBe(23 * 3_600_000);
});

const row = (key: string, attempts: number) => ({ key, attempts, digits: {} }) as unknown as Row;
const counts = (rows: readonly Row[]) => rows.map((one) => one.attempts);

test('hours and days without calls are there, with nothing in them', () => {
  const span = { from: '2026-11-23T05:00:00Z', to: '2026-11-23T09:00:00Z' };
  expect(counts(filled([row('2026-11-23T06:00:00.000000Z', 7)], span, 'hour', moscow))).toEqual([0, 7, 0, 0]);
  const days = filled([row('2026-10-25T22:00:00Z', 3)], { from: '2026-10-23T22:00:00Z', to: '2026-10-27T00:00:00Z' }, 'day', 'Europe/Berlin');
  expect(counts(days).reduce((a, b) => a + b, 0)).toBe(3);
});

test('hours of a zone with a half hour stand where the server puts them', () => {
  const rows = filled([row('2026-11-23T05:30:00Z', 4)], { from: '2026-11-23T04:30:00Z', to: '2026-11-23T07:30:00Z' }, 'hour', 'Asia/Kolkata');
  expect(rows.filter((one) => one.attempts > 0)).toHaveLength(1);
  expect(rows.every((one) => Date.parse(one.key) % 3_600_000 === 1_800_000)).toBe(true);
});

test('the URL says nothing that goes without saying', () => {
  expect(analyticsSearch({ by: 'hour', range: '24h', from: '2026-01-01', kiosk: 'no', campaign: 'x' })).toEqual({});
  expect(analyticsSearch({ by: 'trunk', range: 'own', from: '2026-01-01T00:00:00Z' })).toEqual({ by: 'trunk', range: 'own', from: '2026-01-01T00:00:00.000Z' });
});

test('talk as a telephone shows it', () => {
  expect([0, 42, 59.7, 65.4, 119.6, 600].map(clock)).toEqual(['0:00', '0:42', '1:00', '1:05', '2:00', '10:00']);
});
