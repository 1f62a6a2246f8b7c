// Calls under way: what the topic says, filtered and in order. Pure.
import type { LiveCall } from '@/live/topics.ts';
import { type AttemptState, attemptStates, type CallsSearch } from './search.ts';

const rank = (state: string): number => attemptStates.indexOf(state as AttemptState);

/** Since when it stands as it does. */
export const sinceOf = (call: LiveCall): string | null => call.answered_at ?? call.ringing_at ?? call.queued_at ?? null;

export const isOnLine = (state: string): boolean => state === 'dialling' || state === 'ringing' || state === 'answered';

/** Furthest first, then the longest. */
export function liveRows(calls: readonly LiveCall[], { campaign, slot, state }: CallsSearch): LiveCall[] {
  return calls
    .filter((call) => (!campaign || call.campaign_id === campaign) && (!slot || call.slot.startsWith(slot)) && (!state || call.state === state))
    .toSorted((a, b) => rank(b.state) - rank(a.state) || (sinceOf(a) ?? '~').localeCompare(sinceOf(b) ?? '~') || a.id.localeCompare(b.id));
}

export type Leg = 'none' | 'waiting' | 'calling' | 'ringing' | 'up';

/** The two legs of a call: the slot's and the lead's. */
export function legsOf(state: string): { slot: Leg; lead: Leg } {
  switch (state) {
    case 'permitted':
      return { slot: 'waiting', lead: 'none' };
    case 'dialling':
      return { slot: 'calling', lead: 'calling' };
    case 'ringing':
      return { slot: 'ringing', lead: 'ringing' };
    case 'answered':
      return { slot: 'up', lead: 'up' };
    default:
      return { slot: 'none', lead: 'none' };
  }
}
