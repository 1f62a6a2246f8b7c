// The state of the leads' pages in the URL. No telephone number ever stands in it: a search is an opaque id.
import { outcomes } from '@/parts/outcome.tsx';

export const leadStates = ['due', 'queued', 'finished'] as const;
export type LeadState = (typeof leadStates)[number];
export const refusals = [
  'campaign_not_running', 'campaign_not_started', 'campaign_over', 'advertising_by_machine', 'caller_id_not_owned', 'no_trunk', 'window_required', 'country_not_allowed', 'no_consent', 'do_not_call',
  'do_not_call_national', 'do_not_call_campaign', 'attempts_exhausted', 'attempt_cap', 'zone_unknown', 'outside_window', 'stale_assignment',
] as const;
export type Refusal = (typeof refusals)[number];

export interface LeadsSearch {
  campaign?: string;
  state?: string;
  outcome?: string;
  refusal?: string;
  import?: string;
  found?: string; // the id of a search by number
  lead?: string; // shown beside the list
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const among = (values: readonly string[]) => (value: string) => values.includes(value);
const shapes: { [K in keyof LeadsSearch]-?: (value: string) => boolean } = {
  campaign: (value) => uuid.test(value), state: among(leadStates), outcome: among(outcomes), refusal: among(refusals), import: (value) => uuid.test(value), found: (value) => uuid.test(value), lead: (value) => /^\d{1,18}$/.test(value),
};

export function leadsSearch(search: Record<string, unknown>): LeadsSearch {
  const out: LeadsSearch = {};
  for (const [key, fits] of Object.entries(shapes) as [keyof LeadsSearch, (value: string) => boolean][]) {
    const value = search[key];
    if (typeof value === 'string' && fits(value)) out[key] = value;
  }
  return out;
}

export interface ImportSearch {
  campaign?: string;
  import?: string;
}

export function importSearch(search: Record<string, unknown>): ImportSearch {
  const { campaign, import: id } = leadsSearch(search);
  return { ...(campaign && { campaign }), ...(id && { import: id }) };
}
