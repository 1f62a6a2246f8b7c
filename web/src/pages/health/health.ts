// What the platform says of itself, in the order in which one wants to know it. Pure.
import type { LiveHealth } from '@/live/topics.ts';
import type { Tone } from '@/parts/tag.tsx';

export const healthStates = ['bad', 'warn', 'unknown', 'ok'] as const;
export type HealthState = (typeof healthStates)[number];
export const healthTone: Record<HealthState, Tone> = { bad: 'bad', warn: 'warn', unknown: 'plain', ok: 'good' };

/** A state that we do not know is none that we may call good. */
export const stateOf = (item: Pick<LiveHealth, 'state'>): HealthState => healthStates.find((one) => one === item.state) ?? 'unknown';

const rank = (item: LiveHealth) => healthStates.indexOf(stateOf(item));
const since = (item: LiveHealth) => Date.parse(item.since ?? '') || 0;

/** What is wrong, the gravest first, and among equals what began last. What is merely unknown is not wrong. */
export const wrongNow = (items: readonly LiveHealth[]): LiveHealth[] =>
  items.filter((item) => ['bad', 'warn'].includes(stateOf(item))).toSorted((a, b) => rank(a) - rank(b) || since(b) - since(a) || a.id.localeCompare(b.id));

export const groups = ['engine', 'process', 'queue', 'lag', 'fleet'] as const;
export type HealthGroup = (typeof groups)[number];

/** Items by subject; troubles stand in the list of what is wrong only, and a kind that we do not know goes with the processes. */
export function grouped(items: readonly LiveHealth[]): Map<HealthGroup, LiveHealth[]> {
  const out = new Map<HealthGroup, LiveHealth[]>();
  for (const item of items) {
    if (item.kind === 'trouble') continue;
    const group = groups.find((one) => one === item.kind) ?? 'process';
    out.set(group, [...(out.get(group) ?? []), item]);
  }
  for (const [group, list] of out) out.set(group, list.toSorted((a, b) => a.name.localeCompare(b.name)));
  return out;
}

/** The key of our own texts about an item: "queue:hub_messages" is "queue_hub_messages". */
export const textKey = (item: Pick<LiveHealth, 'kind' | 'name'>): string => `${item.kind}_${item.name}`.replaceAll(/[^a-z0-9_]/gi, '_').toLowerCase();

/** /readyz as items: what there is to know without live data. */
export function fromReadiness(ready: Record<string, unknown>): LiveHealth[] {
  const parts = ['postgres', 'rabbitmq', 'redis', 'fleet'].filter((name) => typeof ready[name] === 'boolean').map((name): LiveHealth => ({ id: `engine:${name}`, kind: 'engine', name, state: ready[name] ? 'ok' : 'bad' }));
  const pbx: LiveHealth[] = ready['owns_pbx'] === true ? [{ id: 'engine:pbx', kind: 'engine', name: 'pbx', state: ready['pbx_ready'] === true ? 'ok' : 'bad' }] : [];
  return [...parts, ...pbx];
}
