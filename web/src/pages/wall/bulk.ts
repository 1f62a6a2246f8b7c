// One deed for many slots: what would happen (the dry run), and doing it, a few at a time, with a result for each. Pure but for what
// is handed in.
import type { Command, ReasonVerb } from '@/api/commands.ts';
import { inCall, type WallSlot } from './wall-slot.ts';

export const bulkDeeds = ['drain', 'lock', 'release', 'recover'] as const;
export type BulkDeed = (typeof bulkDeeds)[number];

export type Note = 'will' | 'afterCall' | 'already' | 'notHeld' | 'notFault' | 'busy' | 'retired' | 'unreachable';
export interface Plan {
  number: string;
  verbs: ReasonVerb[]; // empty: nothing would happen
  note: Note;
}

export function planOne(deed: BulkDeed, slot: WallSlot): Plan {
  const plan = (verbs: ReasonVerb[], note: Note): Plan => ({ number: slot.number, verbs, note });
  if (slot.retired) return plan([], 'retired');
  const will: Note = slot.unreachable ? 'unreachable' : inCall(slot.state) ? 'afterCall' : 'will';
  switch (deed) {
    case 'drain':
      return slot.drain ? plan([], 'already') : plan(['drain'], will);
    case 'lock':
      return slot.locked ? plan([], 'already') : plan(['lock'], will);
    case 'release': {
      const verbs: ReasonVerb[] = [...(slot.locked ? (['unlock'] as const) : []), ...(slot.drain ? (['undrain'] as const) : [])];
      return plan(verbs, verbs.length > 0 ? (slot.unreachable ? 'unreachable' : 'will') : 'notHeld');
    }
    case 'recover':
      if (slot.state !== 'FAULT') return plan([], inCall(slot.state) ? 'busy' : 'notFault');
      return plan(['recover'], slot.unreachable ? 'unreachable' : 'will');
  }
}

/** waiting: not begun; done: the hub has done it; sent: recorded, the hub has not answered yet; stopped: cancelled before its turn. */
export type ItemState = 'waiting' | 'running' | 'done' | 'sent' | 'failed' | 'stopped';
export interface ItemResult {
  number: string;
  state: ItemState;
  why?: unknown;
}

export interface Run {
  stop(): void;
  finished: Promise<void>;
}

const atOnce = 6;

export function runBulk(plans: readonly Plan[], reason: string, order: (number: string, verb: ReasonVerb, reason: string) => Promise<Command>, tell: (result: ItemResult) => void): Run {
  const queue = plans.filter((plan) => plan.verbs.length > 0);
  let stopped = false;
  const one = async ({ number, verbs }: Plan) => {
    tell({ number, state: 'running' });
    try {
      let state: ItemState = 'done';
      for (const verb of verbs) {
        const command = await order(number, verb, reason);
        if (command.ok === false) {
          tell({ number, state: 'failed', why: new Error(command.message || verb) });
          return;
        }
        if (!command.done_at) state = 'sent';
      }
      tell({ number, state });
    } catch (why) {
      tell({ number, state: 'failed', why });
    }
  };
  const worker = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      if (stopped) tell({ number: next.number, state: 'stopped' });
      else await one(next);
    }
  };
  const finished = Promise.all(Array.from({ length: Math.min(atOnce, queue.length) }, worker)).then(() => undefined);
  return { stop: () => void (stopped = true), finished };
}
