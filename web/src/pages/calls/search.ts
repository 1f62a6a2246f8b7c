// The state of the calls' page in the URL. A number that was asked for stands there as an opaque id.
import { outcomes } from '@/parts/outcome.tsx';

export const attemptStates = ['queued', 'permitted', 'dialling', 'ringing', 'answered'] as const;
export type AttemptState = (typeof attemptStates)[number];

export interface CallsSearch {
  tab?: string; // "history"; without: what happens now
  campaign?: string;
  slot?: string;
  state?: string;
  outcome?: string;
  from?: string; // moments
  to?: string;
  found?: string; // the id of a search by number
}

export const wholeSlot = /^[678]\d{3,5}$/;
export const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const shapes: { [K in keyof CallsSearch]-?: (value: string) => boolean } = {
  tab: (value) => value === 'history',
  campaign: (value) => uuid.test(value),
  slot: (value) => /^[678]\d{0,5}$/.test(value),
  state: (value) => (attemptStates as readonly string[]).includes(value),
  outcome: (value) => (outcomes as readonly string[]).includes(value),
  from: (value) => !Number.isNaN(Date.parse(value)),
  to: (value) => !Number.isNaN(Date.parse(value)),
  found: (value) => uuid.test(value),
};

export function callsSearch(search: Record<string, unknown>): CallsSearch {
  const out: CallsSearch = {};
  for (const [key, fits] of Object.entries(shapes) as [keyof CallsSearch, (value: string) => boolean][]) {
    const value = search[key];
    if (typeof value === 'string' && fits(value)) out[key] = value;
  }
  return out;
}
