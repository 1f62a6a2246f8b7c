import { expect, test } from 'vitest';
import type { LiveCall, LiveCampaign, LiveSlot, LiveTrunk } from '@/live/topics.ts';
import { callFigures, movingCampaigns, perMinute, shownTrunks, slotFigures } from './figures.ts';

const call = (id: string, state: string, more: Partial<LiveCall> = {}): LiveCall => ({ id, slot: '7001', campaign: 'c', campaign_id: '1', state, queued_at: '2026-11-23T10:00:00Z', ...more });
const campaign = (name: string, state: string, calls_now = 0, rate = 0): LiveCampaign => ({ id: name, name, state, total: 0, finished: 0, due: 0, calls_now, answered: 0, busy: 0, failed: 0, rate });
const trunk = (name: string, in_use: number, more: Partial<LiveTrunk> = {}): LiveTrunk => ({ id: name, name, enabled: true, simulated: false, health: 'up', cps: 1, channels: 100, in_use, ...more });
const slot = (id: string, state: string, more: Partial<LiveSlot> = {}): LiveSlot => ({ id, kind: 'MF', hub: 'h', hub_id: 'h', state, since: '2026-11-23T10:00:00Z', registered: true, epoch: 1, locked: false, drained: false, ...more });

test('a call waits, rings or talks, and the longest wait is known', () => {
  const calls = [call('1', 'queued'), call('2', 'permitted', { queued_at: '2026-11-23T09:59:58Z' }), call('3', 'ringing'), call('4', 'answered'), call('5', 'dialling')];
  expect(callFigures(calls)).toEqual({ waiting: 2, ringing: 2, talking: 1, oldestWait: '2026-11-23T09:59:58Z' });
  expect(callFigures([]).oldestWait).toBeNull();
});

test('slots by state, and how many are held', () => {
  const figures = slotFigures([slot('1', 'IDLE'), slot('2', 'FAULT', { locked: true }), slot('3', 'IDLE', { drained: true }), slot('4', 'NEW')]);
  expect([figures.total, figures.byState.IDLE, figures.byState.FAULT, figures.held]).toEqual([4, 2, 1, 2]);
});

test('running campaigns before draining and paused ones, the busiest first; the resting are left out', () => {
  const all = [campaign('a', 'paused', 9), campaign('b', 'running', 1), campaign('c', 'running', 5, 7), campaign('d', 'stopped'), campaign('e', 'draining'), campaign('f', 'draft')];
  expect(movingCampaigns(all).map((one) => one.name)).toEqual(['c', 'b', 'e', 'a']);
  expect(perMinute(all)).toBe(7);
});

test('a trunk that is down comes first, then the fullest; a disabled one does not come', () => {
  expect(shownTrunks([trunk('a', 10), trunk('b', 50), trunk('c', 0, { health: 'down' }), trunk('d', 99, { enabled: false })]).map((one) => one.name)).toEqual(['c', 'b', 'a']);
});
