// The language in which people ask for slots: the same as the server's (src/ottb/slot_query.hpp), so that the Wall can answer by
// itself, live.  state:FAULT,READY hub:mf-01 kind:MF number:7001-7010,7020 is:drain -is:registered fault:AUTH campaign:<uuid> word
import { slotStates } from '@/theme.ts';
import { flags, type WallSlot } from './wall-slot.ts';

export const slotKinds = ['AUTO', 'MF', 'LS'] as const;
export const queryKeys = ['state', 'hub', 'kind', 'number', 'is', 'fault', 'campaign'] as const;
export type QueryKey = (typeof queryKeys)[number];
export type Flag = keyof typeof flags;
export const allFlags = [...(Object.keys(flags) as Flag[]), 'retired'] as const;

export interface SlotQuery {
  states: string[];
  hubs: string[];
  kinds: string[];
  numbers: { first: number; last: number }[];
  faults: string[];
  campaigns: string[];
  flags: Partial<Record<Flag, boolean>>;
  retired: boolean;
  words: string[];
}

/** column is where the wrong word begins, from 1. */
export interface QueryProblem {
  column: number;
  why: 'quote' | 'missing' | 'state' | 'kind' | 'number' | 'is' | 'negated' | 'campaign' | 'key' | 'long';
  value: string;
}

interface Word {
  column: number;
  negated: boolean;
  key: string;
  values: string[];
}

const emptyQuery = (): SlotQuery => ({ states: [], hubs: [], kinds: [], numbers: [], faults: [], campaigns: [], flags: {}, retired: false, words: [] });
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const longest = 1000;
const mostValues = 64;

function nextWord(text: string, from: number): { word: Word; end: number; open: boolean } {
  const word: Word = { column: from + 1, negated: text[from] === '-', key: '', values: [] };
  let at = word.negated ? from + 1 : from;
  let value = '';
  let quoted = false;
  for (; at < text.length && (quoted || text[at] !== ' '); at++) {
    const c = text[at]!;
    if (c === '"') quoted = !quoted;
    else if (c === ':' && !quoted && word.key === '' && word.values.length === 0) [word.key, value] = [value, ''];
    else if (c === ',' && !quoted && word.key !== '') [value] = ['', word.values.push(value)];
    else value += c;
  }
  word.values.push(value);
  return { word, end: at, open: quoted };
}

function numbers(text: string): { first: number; last: number } | null {
  const form = /^(\d{1,6})(?:-(\d{1,6}))?$/.exec(text);
  if (!form) return null;
  const first = Number(form[1]);
  const last = form[2] === undefined ? first : Number(form[2]);
  return first <= last ? { first, last } : null;
}

function take(query: SlotQuery, word: Word, value: string): QueryProblem['why'] | null {
  if (value === '') return 'missing';
  if (word.key === 'is') {
    if (value === 'retired' && !word.negated) query.retired = true;
    else if (Object.hasOwn(flags, value)) query.flags[value as Flag] = !word.negated;
    else return 'is';
    return null;
  }
  if (word.negated) return 'negated';
  const upper = value.toUpperCase();
  switch (word.key) {
    case 'state':
      if (!(slotStates as readonly string[]).includes(upper)) return 'state';
      query.states.push(upper);
      return null;
    case 'kind':
      if (!(slotKinds as readonly string[]).includes(upper)) return 'kind';
      query.kinds.push(upper);
      return null;
    case 'number': {
      const range = numbers(value);
      if (range) query.numbers.push(range);
      return range ? null : 'number';
    }
    case 'hub':
      query.hubs.push(value);
      return null;
    case 'fault':
      query.faults.push(upper);
      return null;
    case 'campaign':
      if (uuid.test(value)) query.campaigns.push(value);
      return uuid.test(value) ? null : 'campaign';
    case '':
      query.words.push(value);
      return null;
    default:
      return 'key';
  }
}

/** What is asked, and every word that is wrong; wrong words ask nothing. */
export function parseSlotQuery(text: string): { query: SlotQuery; problems: QueryProblem[] } {
  const query = emptyQuery();
  if (text.length > longest) return { query, problems: [{ column: 1, why: 'long', value: '' }] };
  const problems: QueryProblem[] = [];
  let values = 0;
  for (let at = 0; at < text.length; ) {
    if (text[at] === ' ') {
      at++;
      continue;
    }
    const { word, end, open } = nextWord(text, at);
    at = end;
    if (open) {
      problems.push({ column: word.column, why: 'quote', value: '' });
      break;
    }
    for (const value of word.values) {
      if (++values > mostValues) return { query, problems: [{ column: 1, why: 'long', value: '' }] };
      const why = take(query, word, value);
      if (why) problems.push({ column: word.column, why, value: why === 'key' ? word.key : value });
    }
  }
  return { query, problems };
}

const none = (list: readonly unknown[]) => list.length === 0;

/** Whether the slot is what is asked for: all keys must hold, of a key's values any. */
export function matches(query: SlotQuery, slot: WallSlot): boolean {
  const number = Number(slot.number);
  return (
    query.retired === slot.retired &&
    (none(query.states) || query.states.includes(slot.state)) &&
    (none(query.hubs) || query.hubs.includes(slot.hub) || query.hubs.includes(slot.hub_id)) &&
    (none(query.kinds) || query.kinds.includes(slot.kind)) &&
    (none(query.numbers) || query.numbers.some(({ first, last }) => number >= first && number <= last)) &&
    (none(query.faults) || (slot.fault_code !== null && query.faults.includes(slot.fault_code))) &&
    (none(query.campaigns) || (slot.campaign !== null && query.campaigns.includes(slot.campaign))) &&
    Object.entries(query.flags).every(([flag, wanted]) => flags[flag as Flag](slot) === wanted) &&
    query.words.every((word) => slot.words.includes(word.toLowerCase()))
  );
}

/** The text with `key:value` put in or taken out, other words untouched: what a click on a counter does. */
export function toggleWord(text: string, key: QueryKey, value: string): string {
  const kept: string[] = [];
  let found = false;
  for (let at = 0; at < text.length; ) {
    if (text[at] === ' ') {
      at++;
      continue;
    }
    const { word, end } = nextWord(text, at);
    if (word.key === key && !word.negated && key !== 'is') {
      found ||= word.values.some((one) => one.toUpperCase() === value.toUpperCase());
      const values = word.values.filter((one) => one.toUpperCase() !== value.toUpperCase());
      if (values.length > 0) kept.push(`${key}:${values.map(quote).join(',')}`);
    } else if (word.key === key && word.values.includes(value)) {
      found = true;
    } else {
      kept.push(text.slice(at, end));
    }
    at = end;
  }
  if (!found) kept.push(`${key}:${quote(value)}`);
  return kept.join(' ');
}

export const quote = (value: string): string => (/[ ,:"]/.test(value) ? `"${value.replaceAll('"', '')}"` : value);
