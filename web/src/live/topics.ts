// What each topic carries.
import type { Item } from './protocol.ts';

export interface LiveSlot extends Item {
  kind: string;
  hub: string;
  hub_id: string;
  state: string;
  since: string;
  registered: boolean;
  fault_code?: string | null;
  campaign?: string | null;
  epoch: number;
  locked: boolean;
  drained: boolean;
}

export interface LiveCall extends Item {
  slot: string;
  campaign: string;
  campaign_id: string;
  state: string;
  queued_at?: string | null;
  ringing_at?: string | null;
  answered_at?: string | null;
}

export interface LiveCampaign extends Item {
  name: string;
  state: string;
  total: number;
  finished: number;
  due: number;
  calls_now: number;
  answered: number;
  busy: number;
  failed: number;
  rate: number;
}

export interface Topics {
  slots: LiveSlot;
  calls: LiveCall;
  campaigns: LiveCampaign;
  hubs: Item & Record<string, unknown>;
  trunks: Item & Record<string, unknown>;
  health: Item & Record<string, unknown>;
}
