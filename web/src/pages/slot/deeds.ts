// What can be done with a slot as it stands. Pure.
import type { ReasonVerb } from '@/api/commands.ts';

interface Standing {
  state: string;
  drain: boolean;
  locked: boolean;
  quarantine: boolean;
  retired: boolean;
}

export const undoOf: Partial<Record<ReasonVerb, ReasonVerb>> = { drain: 'undrain', undrain: 'drain', lock: 'unlock', unlock: 'lock' };
export const dangerous = (verb: ReasonVerb): boolean => verb === 'hangup';

const calling = new Set(['CALLING', 'ACTIVE_CALL']);

/** The orders that make sense now, the likeliest first; a test call only for a slot at rest. */
export function possible(slot: Standing): { verbs: ReasonVerb[]; dial: boolean } {
  if (slot.retired) return { verbs: [], dial: false };
  const verbs: ReasonVerb[] = [];
  if (slot.quarantine) verbs.push('clear');
  else if (slot.state === 'FAULT') verbs.push('recover');
  if (calling.has(slot.state)) verbs.push('hangup');
  verbs.push(slot.drain ? 'undrain' : 'drain', slot.locked ? 'unlock' : 'lock');
  return { verbs, dial: slot.state === 'IDLE' && !slot.locked && !slot.drain };
}
