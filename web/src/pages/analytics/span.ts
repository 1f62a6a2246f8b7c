// From which moment to which: the ranges, and the hours and days in them. Pure.
import { fromWall, toWall } from '@/parts/zoned.ts';
import type { AnalyticsSearch } from './search.ts';
import { outcomeCounts, type Row } from './types.ts';

export interface Span {
  from: string;
  to: string;
}

const quarter = 900_000;
const hour = 3_600_000;
const dayMs = 24 * hour;
const iso = (at: number): string => new Date(at).toISOString();

/** The beginning of the day, `days` from the one that holds the moment, in the zone. */
export function dayStart(at: number, zone: string, days = 0): number {
  const date = new Date(`${toWall(iso(at), zone).slice(0, 10)}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return Date.parse(fromWall(`${date.toISOString().slice(0, 10)}T00:00`, zone)!);
}

/** Now is the end of the running quarter of an hour, so that the question stays the same within it. */
export function spanOf(search: AnalyticsSearch, now: number, zone: string): Span {
  const end = Math.ceil(now / quarter) * quarter;
  switch (search.range) {
    case 'today':
      return { from: iso(dayStart(now, zone)), to: iso(end) };
    case 'yesterday':
      return { from: iso(dayStart(now, zone, -1)), to: iso(dayStart(now, zone)) };
    case '7d':
      return { from: iso(dayStart(now, zone, -6)), to: iso(end) };
    case '30d':
      return { from: iso(dayStart(now, zone, -29)), to: iso(end) };
    case 'own': {
      const to = search.to ? Date.parse(search.to) : end;
      const from = search.from ? Date.parse(search.from) : to - dayMs;
      return from < to ? { from: iso(from), to: iso(to) } : { from: iso(to - dayMs), to: iso(to) };
    }
    default:
      return { from: iso(end - dayMs), to: iso(end) };
  }
}

const empty = (key: string): Row => ({ key, label: '', attempts: 0, talk_seconds: 0, with_digits: 0, digits: {}, ...(Object.fromEntries(outcomeCounts.map((one) => [one, 0])) as Record<(typeof outcomeCounts)[number], number>) });

const mostSteps = 2000;

/** Every hour or day of the span: the server leaves out those without calls. */
export function filled(rows: readonly Row[], { from, to }: Span, by: 'hour' | 'day', zone: string): Row[] {
  const known = new Map(rows.map((row) => [Date.parse(row.key), row]));
  const out: Row[] = [];
  const end = Date.parse(to);
  let at = by === 'day' ? dayStart(Date.parse(from), zone) : Math.floor(Date.parse(from) / hour) * hour;
  // Zones with half hours: the hours begin where the server's rows say.
  const first = rows[0] && Date.parse(rows[0].key);
  if (by === 'hour' && first !== undefined) at += (((first - at) % hour) + hour) % hour - (first % hour === 0 ? 0 : hour);
  while (at < end && out.length < mostSteps) {
    const row = known.get(at);
    out.push(row ?? empty(iso(at)));
    known.delete(at);
    at = by === 'day' ? dayStart(at, zone, 1) : at + hour;
  }
  return [...known.values(), ...out].toSorted((a, b) => Date.parse(a.key) - Date.parse(b.key));
}

/** 0:42, 1:05: seconds as a telephone shows them. */
export function clock(seconds: number): string {
  const all = Math.round(seconds);
  return `${Math.floor(all / 60)}:${String(all % 60).padStart(2, '0')}`;
}
