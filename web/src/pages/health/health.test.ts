import { expect, test } from 'vitest';
import type { LiveHealth } from '@/live/topics.ts';
import { fromReadiness, grouped, stateOf, textKey, wrongNow } from './health.ts';

const item = (id: string, state: string, since: string | null = null): LiveHealth => ({ id, kind: id.split(':')[0]!, name: id.split(':')[1]!, state, since });

test('the gravest first, then what began last; what is unknown is not called wrong', () => {
  const items = [item('queue:outbox', 'warn', '2026-11-23T10:00:00Z'), item('engine:redis', 'bad', '2026-11-23T09:00:00Z'), item('engine:postgres', 'ok'), item('engine:asterisk', 'unknown'), item('fleet:trunks_down', 'bad', '2026-11-23T10:00:00Z'), item('lag:outbox', 'warn')];
  expect(wrongNow(items).map((one) => one.id)).toEqual(['fleet:trunks_down', 'engine:redis', 'queue:outbox', 'lag:outbox']);
});

test('a state that is new to us is unknown, and a kind goes with the processes', () => {
  expect(stateOf({ state: 'melting' })).toBe('unknown');
  const groups = grouped([item('engine:redis', 'ok'), item('engine:postgres', 'ok'), item('wheel:left', 'ok'), item('trouble:x', 'bad')]);
  expect([groups.get('engine')?.map((one) => one.name), groups.get('process')?.map((one) => one.name), [...groups.keys()]]).toEqual([['postgres', 'redis'], ['left'], ['engine', 'process']]);
});

test('a text is found by kind and name', () => {
  expect(textKey(item('fleet:hubs_unreachable', 'bad'))).toBe('fleet_hubs_unreachable');
});

test('readiness says the engines; the telephone exchange only where it is ours', () => {
  const of = (ready: Record<string, unknown>) => fromReadiness(ready).map((one) => `${one.name} ${one.state}`);
  expect(of({ postgres: true, rabbitmq: false, redis: true, fleet: true, owns_pbx: false, pbx_ready: false })).toEqual(['postgres ok', 'rabbitmq bad', 'redis ok', 'fleet ok']);
  expect(of({ postgres: true, owns_pbx: true, pbx_ready: false })).toEqual(['postgres ok', 'pbx bad']);
});
