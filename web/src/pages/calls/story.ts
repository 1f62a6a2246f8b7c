// What belongs to a call among what is kept about its lead and its slot. Pure.
import type { Schemas } from '@/api/client.ts';

type Attempt = Schemas['attempt_view'];
type Record_ = Schemas['call_view'];
type Moment = Schemas['slot_moment'];

/** The cursor of a slot's timeline that begins at a moment: microseconds, and what sorts after every key. */
export const cursorAt = (ms: number): string => `${Math.round(ms)}000.zzzz`;

const late = 30_000;

/** When the call's steps may lie; an open end is now. */
export function around(attempt: Attempt | null, record: Record_ | null, now = Date.now()): { from: number; to: number } | null {
  const begin = attempt?.queued_at ?? record?.started_at;
  if (!begin) return null;
  const end = attempt?.ended_at ?? record?.ended_at;
  return { from: Date.parse(begin) - (attempt ? 0 : 5_000), to: end ? Date.parse(end) + late : Math.ceil(now / 10_000) * 10_000 };
}

/** Of the slot's moments those of the call, oldest first: what names it, and what names nothing but lies within. */
export function duringCall(moments: readonly Moment[], from: number, to: number, attempt: string): Moment[] {
  const within = (one: Moment) => Date.parse(one.at) >= from && Date.parse(one.at) <= to;
  const mine = (one: Moment) => (one.attempt || one.call_id ? one.attempt === attempt || one.call_id === attempt : within(one));
  return moments.filter(mine).toReversed();
}

export interface Mark {
  id: 'queued' | 'permitted' | 'dialled' | 'ringing' | 'answered' | 'ended';
  at: string;
  after: number | null; // milliseconds since the mark before
}

/** The moments of a call in order, each with how long it took. */
export function marksOf(attempt: Attempt | null, record: Record_ | null): Mark[] {
  const given: [Mark['id'], string | undefined][] = [
    ['queued', attempt?.queued_at], ['permitted', attempt?.permitted_at], ['dialled', attempt?.dialled_at ?? (attempt ? undefined : record?.started_at)],
    ['ringing', record?.ringing_at ?? attempt?.ringing_at], ['answered', record?.answered_at ?? attempt?.answered_at], ['ended', record?.ended_at ?? attempt?.ended_at],
  ];
  const out: Mark[] = [];
  for (const [id, at] of given) {
    if (!at) continue;
    const last = out.at(-1);
    out.push({ id, at, after: last ? Math.max(0, Date.parse(at) - Date.parse(last.at)) : null });
  }
  return out;
}
