// What may come next in the query, for the word the cursor stands in. Pure.
import { slotStates } from '@/theme.ts';
import { allFlags, queryKeys, quote, slotKinds } from './slot-query.ts';

export interface Known {
  hubs: readonly string[];
  faults: readonly string[];
}

export interface Completion {
  /** The whole text with the word completed, and where the cursor goes. */
  text: string;
  cursor: number;
  label: string;
}

const most = 12;

export function complete(text: string, cursor: number, known: Known): Completion[] {
  const before = text.slice(0, cursor);
  if ((before.match(/"/g)?.length ?? 0) % 2 === 1) return [];
  const start = before.lastIndexOf(' ') + 1;
  const word = before.slice(start);
  const colon = word.indexOf(':');
  const rest = text.slice(cursor);
  const put = (replacement: string, label: string, space: boolean): Completion => {
    const tail = space && !rest.startsWith(' ') ? ' ' : '';
    return { text: text.slice(0, start) + replacement + tail + rest, cursor: start + replacement.length + (space ? 1 : 0), label };
  };
  if (colon < 0) {
    const typed = word.replace(/^-/, '').toLowerCase();
    const sign = word.startsWith('-') ? '-' : '';
    const keys = sign ? ['is'] : [...queryKeys];
    return keys.filter((key) => key.startsWith(typed) && key !== 'campaign').map((key) => put(`${sign}${key}:`, `${sign}${key}:`, false));
  }
  const key = word.slice(0, colon).replace(/^-/, '');
  const comma = Math.max(colon, word.lastIndexOf(','));
  const typed = word.slice(comma + 1).toLowerCase();
  const values: readonly string[] =
    key === 'state' ? slotStates : key === 'kind' ? slotKinds : key === 'is' ? allFlags : key === 'hub' ? known.hubs : key === 'fault' ? known.faults : [];
  const taken = new Set(word.slice(colon + 1, comma + 1).toLowerCase().split(','));
  return values
    .filter((value) => value.toLowerCase().startsWith(typed) && !taken.has(value.toLowerCase()))
    .slice(0, most)
    .map((value) => put(word.slice(0, comma + 1) + quote(value), value, true));
}
