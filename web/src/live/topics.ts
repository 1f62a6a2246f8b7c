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
  no_answer?: number | null;
  failed: number;
  rate: number; // calls begun in the last minute
}

export interface LiveHub extends Item {
  label: string;
  kind: string;
  linked: boolean;
  server?: string | null;
  unreachable: boolean;
  locked: boolean;
  drained: boolean;
  software?: string | null;
  journal_depth: number;
  clock_skew_ms: number;
  last_seen?: string | null; // left out while the link is there
  in_sync: boolean;
  slots: number;
  registered: number;
  idle: number;
  busy: number;
  fault: number;
}

export interface LiveTrunk extends Item {
  name: string;
  enabled: boolean;
  simulated: boolean;
  health: string; // unknown, up, down
  cps: number;
  channels: number;
  in_use: number; // calls that are known to be on this trunk
}

export interface LiveHealth extends Item {
  kind: string; // engine, process, queue, lag, fleet, trouble
  name: string;
  state: string; // ok, warn, bad, unknown
  value?: number | null;
  unit?: string | null;
  since?: string | null;
  text?: string | null;
  advice?: string | null;
}

export interface Topics {
  slots: LiveSlot;
  calls: LiveCall;
  campaigns: LiveCampaign;
  hubs: LiveHub;
  trunks: LiveTrunk;
  health: LiveHealth;
}
