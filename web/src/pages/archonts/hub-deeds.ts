// What can be done with a hub as it stands. Pure.
import type { HubRow } from './hub-row.ts';

export const hubVerbs = ['drain', 'undrain', 'lock', 'unlock'] as const;
export type HubVerb = (typeof hubVerbs)[number];
export type HubDeed = HubVerb | 'approve' | 'slots' | 'token' | 'revoke';

export const hubPermission: Record<HubDeed, string> = {
  drain: 'ottb.hub.control', undrain: 'ottb.hub.control', lock: 'ottb.hub.lock', unlock: 'ottb.hub.lock', approve: 'ottb.hub.write', slots: 'ottb.hub.write', token: 'point.archont.enrol', revoke: 'point.archont.revoke',
};

/** The deeds that make sense now, the likeliest first. */
export function hubDeeds(row: HubRow): HubDeed[] {
  if (row.identity === 'revoked') return [];
  const deeds: HubDeed[] = [];
  if (!row.approved) deeds.push('approve');
  else deeds.push(row.drained ? 'undrain' : 'drain', row.locked ? 'unlock' : 'lock', 'slots');
  if (!row.linked) deeds.push('token');
  if (row.identity !== null) deeds.push('revoke');
  return deeds;
}

export const undoOfHub: Record<HubVerb, HubVerb> = { drain: 'undrain', undrain: 'drain', lock: 'unlock', unlock: 'lock' };
