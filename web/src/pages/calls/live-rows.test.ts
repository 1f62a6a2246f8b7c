import { expect, test } from 'vitest';
import type { LiveCall } from '@/live/topics.ts';
import { legsOf, liveRows, sinceOf } from './live-rows.ts';
import { callsSearch } from './search.ts';

const call = (id: string, state: string, more: Partial<LiveCall> = {}): LiveCall => ({ id, slot: '7001', campaign: 'A', campaign_id: 'ca', state, queued_at: `2026-11-23T10:00:0${id}Z`, ...more });
const calls = [call('1', 'dialling'), call('2', 'answered', { answered_at: '2026-11-23T10:05:00Z' }), call('3', 'answered', { answered_at: '2026-11-23T10:04:00Z', slot: '6001' }), call('4', 'queued', { campaign_id: 'cb' })];
const ids = (search: object) => liveRows(calls, search).map((one) => one.id).join('');

test('the furthest and the longest first', () => {
  expect(ids({})).toBe('3214');
});

test('filters', () => {
  expect([ids({ slot: '60' }), ids({ campaign: 'cb' }), ids({ state: 'dialling' })]).toEqual(['3', '4', '1']);
});

test('a call stands as it does since its last moment', () => {
  expect([sinceOf(calls[0]!), sinceOf(calls[1]!), sinceOf({ ...calls[0]!, queued_at: null })]).toEqual(['2026-11-23T10:00:01Z', '2026-11-23T10:05:00Z', null]);
  expect([legsOf('queued'), legsOf('answered')]).toEqual([{ slot: 'none', lead: 'none' }, { slot: 'up', lead: 'up' }]);
});

test('the URL holds filters and no number', () => {
  const id = '01900000-0000-7000-8000-000000000001';
  expect(callsSearch({ tab: 'history', slot: '70', outcome: 'busy', from: '2026-11-23T10:00:00Z', found: id, number: '+12125550100' })).toEqual({ tab: 'history', slot: '70', outcome: 'busy', from: '2026-11-23T10:00:00Z', found: id });
  expect(callsSearch({ tab: 'x', slot: '+1212', found: '+1212', to: 'soon' })).toEqual({});
});
