import { expect, test } from 'vitest';
import type { LiveSlot } from '@/live/topics.ts';
import { OverlayCache } from './overlay-cache.ts';
import { fromList } from './wall-slot.ts';

const listed = (number: string, retired = false) =>
  fromList({ number, kind: 'MF', hub: 'h', hub_id: 'i', state: 'IDLE', since: 's', registered: true, unreachable: true, drain: false, locked: false, quarantine: false, rung: 0, epoch: 1, media: 'tone', retired });
const now = (id: string, state: string): LiveSlot => ({ id, kind: 'MF', hub: 'h', hub_id: 'i', state, since: 's', registered: true, epoch: 1, locked: false, drained: false });
const map = (...items: LiveSlot[]) => new Map(items.map((one) => [one.id, one]));

test('live values lie over the list, by number; what only the list knows stays', () => {
  const out = new OverlayCache().join([listed('7010'), listed('7002')], map(now('7010', 'FAULT'), now('7002', 'IDLE')));
  expect(out.map((one) => [one.number, one.state, one.unreachable])).toEqual([['7002', 'IDLE', true], ['7010', 'FAULT', true]]);
});

test('what is gone from the live picture is gone, but a retired slot that was asked for stays; a new one is there at once', () => {
  const out = new OverlayCache().join([listed('7001'), listed('7002', true)], map(now('7003', 'READY')));
  expect(out.map((one) => one.number)).toEqual(['7002', '7003']);
});

test('without live data the list is shown as it is', () => {
  expect(new OverlayCache().join([listed('7001')], null)).toHaveLength(1);
});

test('what did not change is the same object, and so is the whole', () => {
  const cache = new OverlayCache();
  const list = [listed('7001'), listed('7002')];
  const a = now('7001', 'FAULT');
  const b = now('7002', 'READY');
  const first = cache.join(list, map(a, b));
  expect(cache.join(list, map(a, b))).toBe(first);
  const second = cache.join(list, map(a, now('7002', 'CALLING')));
  expect(second).not.toBe(first);
  expect(second[0]).toBe(first[0]);
  expect(second[1]).not.toBe(first[1]);
});
