// A slot as the Wall shows it: what the server's list says, with what is live laid over it.
import type { Schemas } from '@/api/client.ts';
import type { LiveSlot } from '@/live/topics.ts';

export interface WallSlot {
  number: string;
  kind: string;
  hub: string;
  hub_id: string;
  state: string;
  since: string;
  registered: boolean;
  unreachable: boolean;
  drain: boolean;
  locked: boolean;
  lock_reason: string | null;
  quarantine: boolean;
  fault_code: string | null;
  epoch: number;
  leased: boolean;
  campaign: string | null;
  virtual: boolean;
  retired: boolean;
  words: string; // lower case: where a word without a key looks
}

/** is:... of the query language. */
export const flags = {
  drain: (slot: WallSlot) => slot.drain,
  locked: (slot: WallSlot) => slot.locked,
  quarantine: (slot: WallSlot) => slot.quarantine,
  registered: (slot: WallSlot) => slot.registered,
  leased: (slot: WallSlot) => slot.leased,
  unreachable: (slot: WallSlot) => slot.unreachable,
  virtual: (slot: WallSlot) => slot.virtual,
};

export function fromList(view: Schemas['slot_view']): WallSlot {
  return {
    number: view.number,
    kind: view.kind,
    hub: view.hub,
    hub_id: view.hub_id,
    state: view.state,
    since: view.since,
    registered: view.registered,
    unreachable: view.unreachable,
    drain: view.drain,
    locked: view.locked,
    lock_reason: view.lock_reason ?? null,
    quarantine: view.quarantine,
    fault_code: view.fault_code ?? null,
    epoch: view.epoch,
    leased: view.lease_until !== undefined && view.lease_until !== null,
    campaign: view.campaign ?? null,
    virtual: view.device?.is_virtual ?? false,
    retired: view.retired,
    words: [view.number, view.device?.serial, view.device?.shelf_label].filter(Boolean).join(' ').toLowerCase(),
  };
}

/** The slot with its live values; the same object again when nothing differs, so that its tile does not draw anew. */
export function overlay(base: WallSlot | undefined, now: LiveSlot): WallSlot {
  const fault = now.fault_code || null;
  const campaign = now.campaign || null;
  if (
    base &&
    base.state === now.state &&
    base.since === now.since &&
    base.registered === now.registered &&
    base.epoch === now.epoch &&
    base.locked === now.locked &&
    base.drain === now.drained &&
    base.fault_code === fault &&
    base.campaign === campaign &&
    base.hub === now.hub
  )
    return base;
  const rest = base ?? { unreachable: false, lock_reason: null, quarantine: false, leased: false, virtual: false, retired: false, words: now.id };
  return {
    ...rest,
    number: now.id,
    kind: now.kind,
    hub: now.hub,
    hub_id: now.hub_id,
    state: now.state,
    since: now.since,
    registered: now.registered,
    drain: now.drained,
    locked: now.locked,
    fault_code: fault,
    epoch: now.epoch,
    campaign,
    leased: campaign !== null || rest.leased,
  };
}

export const inCall = (state: string): boolean => state === 'CALLING' || state === 'ACTIVE_CALL';
