// A hub as its page shows it: the hub itself, the identity of its agent, and what is heard of it now, in one. Pure.
import type { Schemas } from '@/api/client.ts';
import type { LiveHub } from '@/live/topics.ts';
import type { Tone } from '@/parts/tag.tsx';

export type HubView = Schemas['hub_view'];
export type Archont = Schemas['archont_view'];
export type HubSlots = Schemas['hub_slots_view'];

export interface HubRow {
  id: string;
  label: string;
  kind: string;
  identity: string | null; // pending, active, revoked; null: not known to us
  approved: boolean; // the fleet knows it as a hub
  linked: boolean;
  unreachable: boolean;
  locked: boolean;
  drained: boolean;
  server: string | null;
  software: string | null;
  journal: number;
  skew: number | null;
  seen: string | null;
  inSync: boolean;
  drift: readonly string[];
  slots: HubSlots;
}

const noSlots: HubSlots = { total: 0, registered: 0, idle: 0, busy: 0, fault: 0 };

function fromView(hub: HubView): HubRow {
  const { id, label, kind, linked, unreachable, locked, slots } = hub;
  return {
    id, label, kind, linked, unreachable, locked, slots, identity: null, approved: true, drained: hub.drain, server: hub.server ?? null, software: hub.software ?? null,
    journal: hub.journal_depth, skew: hub.clock_skew_ms ?? null, seen: hub.last_seen ?? null, inSync: hub.config.in_sync, drift: hub.config.drift,
  };
}

function fromArchont({ id, label, kind, state }: Archont): HubRow {
  return {
    id, label, kind, identity: state, approved: false, linked: false, unreachable: true, locked: false, drained: false, server: null, software: null, journal: 0, skew: null, seen: null,
    inSync: true, drift: [], slots: noSlots,
  };
}

export function withLive(row: HubRow, now: LiveHub): HubRow {
  const { linked, unreachable, locked, drained } = now;
  return {
    ...row, linked, unreachable, locked, drained, approved: true, label: now.label, server: now.server ?? null, software: now.software ?? row.software, journal: now.journal_depth,
    skew: now.clock_skew_ms, seen: now.last_seen ?? row.seen, inSync: now.in_sync, drift: now.in_sync ? [] : row.drift,
    slots: { total: now.slots, registered: now.registered, idle: now.idle, busy: now.busy, fault: now.fault },
  };
}

/** Hubs and identities by their common id, under what is live now; by label. */
export function joinHubs(hubs: readonly HubView[], archonts: readonly Archont[], now: ReadonlyMap<string, LiveHub> | null): HubRow[] {
  const rows = new Map(hubs.map((hub) => [hub.id, fromView(hub)]));
  for (const one of archonts) rows.set(one.id, { ...(rows.get(one.id) ?? fromArchont(one)), identity: one.state });
  for (const [id, item] of now ?? []) rows.set(id, withLive(rows.get(id) ?? fromArchont({ id, short_id: '', label: item.label, kind: item.kind as Archont['kind'], state: 'active', created_at: '' }), item));
  return [...rows.values()].toSorted((a, b) => a.label.localeCompare(b.label, 'en', { numeric: true }));
}

/** How a hub stands, the gravest first. */
export const standings = ['unreachable', 'locked', 'cut', 'unapproved', 'pending', 'drained', 'linked', 'revoked'] as const;
export type Standing = (typeof standings)[number];

export function standingOf(row: HubRow): Standing {
  if (row.identity === 'revoked') return 'revoked';
  if (!row.approved) return row.identity === 'pending' ? 'pending' : 'unapproved';
  if (row.locked) return 'locked';
  if (row.identity === 'pending') return 'pending';
  if (!row.linked) return row.unreachable ? 'unreachable' : 'cut';
  return row.drained ? 'drained' : 'linked';
}

export const standingTone: Record<Standing, Tone> = {
  unreachable: 'bad', locked: 'bad', cut: 'warn', unapproved: 'warn', pending: 'plain', drained: 'warn', linked: 'good', revoked: 'plain',
};

/** Waiting messages are a matter of course; many of them, or a clock that is off, are not. */
export const journalTone = (depth: number): Tone => (depth >= 1000 ? 'bad' : depth >= 100 ? 'warn' : 'plain');
export const skewTone = (ms: number | null): Tone => (ms === null ? 'plain' : Math.abs(ms) >= 5000 ? 'bad' : Math.abs(ms) >= 1000 ? 'warn' : 'plain');

export const hasTrouble = (row: HubRow): boolean =>
  row.identity !== 'revoked' && (['unreachable', 'locked', 'cut', 'unapproved'].includes(standingOf(row)) || (row.approved && !row.inSync) || journalTone(row.journal) !== 'plain' || skewTone(row.skew) !== 'plain');

export const shows = ['trouble', 'pending', 'revoked'] as const;
export type Show = (typeof shows)[number];

export function shown(row: HubRow, q: string, show: Show | undefined): boolean {
  const standing = standingOf(row);
  if (show === undefined ? standing === 'revoked' : show === 'trouble' ? !hasTrouble(row) : show === 'pending' ? standing !== 'pending' && standing !== 'unapproved' : standing !== 'revoked') return false;
  const words = q.toLowerCase().split(/\s+/).filter(Boolean);
  const text = `${row.label} ${row.kind} ${row.server ?? ''} ${row.software ?? ''}`.toLowerCase();
  return words.every((word) => text.includes(word));
}

const byColumn: Record<string, (a: HubRow, b: HubRow) => number> = {
  standing: (a, b) => standings.indexOf(standingOf(a)) - standings.indexOf(standingOf(b)),
  software: (a, b) => (a.software ?? '~').localeCompare(b.software ?? '~', 'en', { numeric: true }),
  journal: (a, b) => a.journal - b.journal,
  skew: (a, b) => Math.abs(a.skew ?? 0) - Math.abs(b.skew ?? 0),
  slots: (a, b) => a.slots.total - b.slots.total,
};

/** By a column of the table; equals stay by label. */
export function sorted(rows: readonly HubRow[], sort: string | undefined): readonly HubRow[] {
  const compare = byColumn[sort?.replace(/^-/, '') ?? ''];
  const down = sort?.startsWith('-') ?? false;
  if (!compare) return down ? rows.toReversed() : rows;
  return rows.toSorted((a, b) => (down ? -compare(a, b) : compare(a, b)));
}

/** The version that most linked hubs run: another one stands out. */
export function usualSoftware(rows: readonly HubRow[]): string | null {
  const counts = new Map<string, number>();
  for (const { software, linked } of rows) if (linked && software) counts.set(software, (counts.get(software) ?? 0) + 1);
  return [...counts].toSorted((a, b) => b[1] - a[1])[0]?.[0] ?? null;
}
