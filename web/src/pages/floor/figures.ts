// What stands on the Floor, out of the live topics. Pure.
import type { LiveCall, LiveCampaign, LiveSlot, LiveTrunk } from '@/live/topics.ts';
import { slotStates, type SlotState } from '@/theme.ts';

const waiting = new Set(['queued', 'permitted', 'issued']);

export interface CallFigures {
  waiting: number; // given out, nobody dialled yet
  ringing: number;
  talking: number;
  oldestWait: string | null; // since when the longest one waits
}

export function callFigures(calls: readonly LiveCall[]): CallFigures {
  const out: CallFigures = { waiting: 0, ringing: 0, talking: 0, oldestWait: null };
  for (const call of calls) {
    if (call.answered_at || call.state === 'answered') out.talking++;
    else if (!waiting.has(call.state)) out.ringing++;
    else {
      out.waiting++;
      if (call.queued_at && (out.oldestWait === null || Date.parse(call.queued_at) < Date.parse(out.oldestWait))) out.oldestWait = call.queued_at;
    }
  }
  return out;
}

export interface SlotFigures {
  total: number;
  byState: Record<SlotState, number>;
  held: number; // locked or drained
}

export function slotFigures(slots: readonly LiveSlot[]): SlotFigures {
  const byState = Object.fromEntries(slotStates.map((state) => [state, 0])) as Record<SlotState, number>;
  let held = 0;
  for (const slot of slots) {
    if (slot.state in byState) byState[slot.state as SlotState]++;
    if (slot.locked || slot.drained) held++;
  }
  return { total: slots.length, byState, held };
}

const order = ['running', 'draining', 'paused'];

/** Campaigns that move, the busiest first; those that rest are not for the Floor. */
export const movingCampaigns = (campaigns: readonly LiveCampaign[]): LiveCampaign[] =>
  campaigns.filter((one) => order.includes(one.state)).toSorted((a, b) => order.indexOf(a.state) - order.indexOf(b.state) || b.calls_now - a.calls_now || b.rate - a.rate || a.name.localeCompare(b.name));

/** Trunks that take calls; those in trouble first, then the fullest. */
export const shownTrunks = (trunks: readonly LiveTrunk[]): LiveTrunk[] =>
  trunks.filter((one) => one.enabled).toSorted((a, b) => Number(b.health === 'down') - Number(a.health === 'down') || b.in_use / Math.max(1, b.channels) - a.in_use / Math.max(1, a.channels) || a.name.localeCompare(b.name));

export const perMinute = (campaigns: readonly LiveCampaign[]): number => campaigns.reduce((sum, one) => sum + one.rate, 0);
