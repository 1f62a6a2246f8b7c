// The state of the campaigns' pages in the URL.
import { campaignStates } from './verbs.ts';

export interface CampaignsSearch {
  q?: string; // words of the name
  state?: string;
  sort?: string;
}

export const sortable = ['name', 'state', 'done', 'calls', 'answered', 'rate', 'created'] as const;

export function campaignsSearch(search: Record<string, unknown>): CampaignsSearch {
  const out: CampaignsSearch = {};
  if (typeof search['q'] === 'string' && search['q'].trim() !== '') out.q = search['q'].slice(0, 100);
  if ((campaignStates as readonly unknown[]).includes(search['state'])) out.state = search['state'] as string;
  const sort = search['sort'];
  if (typeof sort === 'string' && (sortable as readonly string[]).includes(sort.replace(/^-/, ''))) out.sort = sort;
  return out;
}

export interface WizardSearch {
  step?: string; // 1 to 4
}

export function wizardSearch(search: Record<string, unknown>): WizardSearch {
  return typeof search['step'] === 'string' && /^[1-4]$/.test(search['step']) ? { step: search['step'] } : {};
}
