// Profiles and flows by name and version; windows and nodes made readable. Pure.
import type { FlowNode, ProfileDocument } from './questions.ts';

interface Versioned {
  id: string;
  name: string;
  version: number;
}

export interface Named<T> {
  name: string;
  versions: T[]; // the newest first
}

export function byName<T extends Versioned>(all: readonly T[], q = ''): Named<T>[] {
  const words = q.trim().toLowerCase();
  return [...Map.groupBy(all, (one) => one.name)]
    .filter(([name]) => name.toLowerCase().includes(words))
    .map(([name, versions]) => ({ name, versions: versions.toSorted((a, b) => b.version - a.version) }))
    .toSorted((a, b) => a.name.localeCompare(b.name));
}

export const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Day = (typeof days)[number];

const minutes = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5));

export interface Span {
  from: string;
  to: string;
  start: number; // of the day, 0 to 1
  length: number;
}

/** When each day may be called, early first. */
export function weekOf(windows: ProfileDocument['windows']): Record<Day, Span[]> {
  const out = Object.fromEntries(days.map((day) => [day, [] as Span[]])) as Record<Day, Span[]>;
  for (const { days: on, from, to } of windows ?? []) {
    const span = { from, to, start: minutes(from) / 1440, length: Math.max(0, minutes(to) - minutes(from)) / 1440 };
    for (const day of days) if (on.includes(day)) out[day].push(span);
  }
  for (const day of days) out[day].sort((a, b) => a.start - b.start);
  return out;
}

/** "RU, kz by" to what the API takes; null: something in it is no country code. */
export function countriesOf(text: string): string[] | null {
  const out = text.toUpperCase().split(/[\s,;]+/).filter(Boolean);
  return out.every((one) => /^[A-Z]{2}$/.test(one)) ? [...new Set(out)] : null;
}

/** Days as 2026-12-31, in any order and with any signs between them. */
export function holidaysOf(text: string): string[] | null {
  const out = text.split(/[\s,;]+/).filter(Boolean);
  return out.every((one) => /^20\d\d-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/.test(one)) ? [...new Set(out)].toSorted() : null;
}

/** The nodes in the order a caller may meet them; what nobody reaches comes last. */
export function walk(start: string, nodes: Readonly<Record<string, FlowNode>>): { name: string; reached: boolean }[] {
  const seen = new Set<string>();
  const queue = [start];
  for (let name = queue.shift(); name !== undefined; name = queue.shift()) {
    const node = nodes[name];
    if (!node || seen.has(name)) continue;
    seen.add(name);
    queue.push(...Object.values(node.branch ?? {}), ...(node.next ? [node.next] : []));
  }
  return [...[...seen].map((name) => ({ name, reached: true })), ...Object.keys(nodes).filter((name) => !seen.has(name)).map((name) => ({ name, reached: false }))];
}

/** The branches with digits first, then anything else, then silence. */
export const branchesOf = (node: FlowNode): [string, string][] => {
  const rank = (key: string) => (key === '' ? 2 : key === 'else' ? 1 : 0);
  return Object.entries(node.branch ?? {}).toSorted(([a], [b]) => rank(a) - rank(b) || a.localeCompare(b));
};
