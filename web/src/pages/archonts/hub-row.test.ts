import { expect, test } from 'vitest';
import type { LiveHub } from '@/live/topics.ts';
import { type Archont, hasTrouble, type HubView, joinHubs, shown, sorted, standingOf, usualSoftware } from './hub-row.ts';

const slots = { total: 10, registered: 10, idle: 8, busy: 2, fault: 0 };
const hub = (id: string, label: string, more: Partial<HubView> = {}): HubView => ({
  id, short_id: id, label, kind: 'MF', network: 'lan', linked: true, unreachable: false, locked: false, drain: false, generation: 1, journal_depth: 0, slots, config: { in_sync: true, drift: [] },
  created_at: '2026-11-23T08:00:00Z', ...more,
});
const archont = (id: string, label: string, state: string): Archont => ({ id, short_id: id, label, kind: 'MF', state, created_at: '2026-11-23T08:00:00Z' });
const live = (id: string, label: string, more: Partial<LiveHub> = {}): LiveHub => ({
  id, label, kind: 'MF', linked: true, unreachable: false, locked: false, drained: false, journal_depth: 3, clock_skew_ms: -100, in_sync: true, slots: 10, registered: 9, idle: 5, busy: 4, fault: 1, ...more,
});

test('a hub, its identity and what is heard of it are one row', () => {
  const rows = joinHubs([hub('1', 'mf-10', { linked: false, unreachable: true }), hub('2', 'mf-2')], [archont('1', 'mf-10', 'active'), archont('3', 'ls-1', 'pending')], new Map([['1', live('1', 'mf-10')]]));
  expect(rows.map((row) => [row.label, standingOf(row)])).toEqual([['ls-1', 'pending'], ['mf-2', 'linked'], ['mf-10', 'linked']]);
  expect(rows[2]).toMatchObject({ journal: 3, skew: -100, slots: { fault: 1 }, identity: 'active' });
});

test('a hub that only the live picture knows yet is there', () => {
  expect(joinHubs([], [], new Map([['9', live('9', 'auto-1', { unreachable: true, linked: false })]])).map(standingOf)).toEqual(['unreachable']);
});

test('the gravest word wins', () => {
  const stand = (more: Partial<HubView>, state = 'active') => standingOf(joinHubs([hub('1', 'mf-1', more)], [archont('1', 'mf-1', state)], null)[0]!);
  expect(stand({ locked: true, linked: false, unreachable: true })).toBe('locked');
  expect(stand({ linked: false })).toBe('cut');
  expect(stand({ drain: true })).toBe('drained');
  expect(stand({ locked: true }, 'revoked')).toBe('revoked');
  expect(standingOf(joinHubs([], [archont('1', 'mf-1', 'active')], null)[0]!)).toBe('unapproved');
});

test('drift, a long journal and a clock that is off are trouble; a drain is none', () => {
  const [plain, drift, journal, skew, drained] = joinHubs([hub('1', 'a'), hub('2', 'b', { config: { in_sync: false, drift: ['/realm'] } }), hub('3', 'c', { journal_depth: 100 }), hub('4', 'd', { clock_skew_ms: -1200 }), hub('5', 'e', { drain: true })], [], null);
  expect([plain, drift, journal, skew, drained].map((row) => hasTrouble(row!))).toEqual([false, true, true, true, false]);
});

test('what is revoked is shown only when asked for', () => {
  const rows = joinHubs([], [archont('1', 'mf-1', 'revoked'), archont('2', 'mf-2', 'pending')], null);
  const labels = (q: string, show?: 'trouble' | 'pending' | 'revoked') => rows.filter((row) => shown(row, q, show)).map((row) => row.label);
  expect([labels(''), labels('', 'revoked'), labels('', 'pending'), labels('', 'trouble'), labels('MF mf-2'), labels('x')]).toEqual([['mf-2'], ['mf-1'], ['mf-2'], [], ['mf-2'], []]);
});

test('rows by a column, and the usual version', () => {
  const rows = joinHubs([hub('1', 'a', { clock_skew_ms: 30, software: '1.2' }), hub('2', 'b', { clock_skew_ms: -900, software: '1.2' }), hub('3', 'c', { linked: false, unreachable: true, software: '1.1' })], [], null);
  expect(sorted(rows, '-skew').map((row) => row.label)).toEqual(['b', 'a', 'c']);
  expect(sorted(rows, 'standing').map((row) => row.label)).toEqual(['c', 'a', 'b']);
  expect(sorted(rows, '-label').map((row) => row.label)).toEqual(['c', 'b', 'a']);
  expect(usualSoftware(rows)).toBe('1.2');
});
