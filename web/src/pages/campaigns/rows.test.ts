import { expect, test } from 'vitest';
import type { LiveCampaign } from '@/live/topics.ts';
import { type CampaignView, join, shownRows } from './rows.ts';
import { editable, possible } from './verbs.ts';

const view = (id: string, name: string, state: CampaignView['state'], created: string): CampaignView => ({
  id, name, state, mode: 'ivr', purpose: 'service', profile: 'p', caller_id: '+12125550100', slots: {}, trunks: [], max_attempts: 3, ring_seconds: 25, max_call_seconds: 3600,
  calls_per_second: 20, retry: {}, created_at: created, version: 1,
});
const live = (id: string, more: Partial<LiveCampaign> = {}): LiveCampaign => ({ id, name: id, state: 'running', total: 100, finished: 10, due: 80, calls_now: 5, answered: 7, busy: 1, failed: 1, rate: 2, ...more });
const views = [view('a', 'Autumn survey', 'draft', '2026-11-01T00:00:00Z'), view('b', 'Reminder', 'stopped', '2026-11-02T00:00:00Z'), view('c', 'Reminder two', 'running', '2026-10-01T00:00:00Z')];
const ids = (rows: { id: string }[]) => rows.map((row) => row.id).join('');

test('live counts and states lie over the list, and what is new stands in it at once', () => {
  const rows = join(views, new Map([['b', live('b', { name: 'Reminder', state: 'running' })], ['d', live('d')]]));
  expect(rows.map((row) => row.state)).toEqual(['draft', 'running', 'running', 'running']);
  expect(rows[1]!.live?.answered).toBe(7);
  expect(rows[3]).toMatchObject({ id: 'd', mode: null });
});

test('what moves stands first, then the newest', () => {
  expect(ids(shownRows(join(views, new Map()), {}))).toBe('cab');
});

test('words and a state choose, a column sorts both ways', () => {
  const rows = join(views, new Map([['c', live('c', { name: 'Reminder two', calls_now: 9 })]]));
  expect(ids(shownRows(rows, { q: 'remind TWO' }))).toBe('c');
  expect(ids(shownRows(rows, { state: 'draft' }))).toBe('a');
  expect(ids(shownRows(rows, { sort: '-name' }))).toBe('cba');
  expect(ids(shownRows(rows, { sort: '-calls' }))[0]).toBe('c');
});

test('a state takes only its orders', () => {
  expect(possible('draft')).toEqual(['start']);
  expect(possible('draining')).toEqual(['resume', 'stop']);
  expect(possible('nonsense')).toEqual([]);
  expect([editable('running'), editable('stopped')]).toEqual([false, true]);
});
