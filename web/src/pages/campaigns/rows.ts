// A campaign in the list: the server's settings with the live counts laid over them; filtered and sorted here, for a site has dozens. Pure.
import type { Schemas } from '@/api/client.ts';
import type { LiveCampaign } from '@/live/topics.ts';
import type { CampaignsSearch } from './search.ts';
import { campaignStates, type CampaignState } from './verbs.ts';

export type CampaignView = Schemas['campaign_view'];

export interface CampaignRow {
  id: string;
  name: string;
  state: string;
  mode: string | null;
  created: string | null;
  live: LiveCampaign | null;
}

export function join(views: readonly CampaignView[], live: ReadonlyMap<string, LiveCampaign>): CampaignRow[] {
  const rows = views.map((view): CampaignRow => {
    const now = live.get(view.id) ?? null;
    return { id: view.id, name: now?.name ?? view.name, state: now?.state ?? view.state, mode: view.mode, created: view.created_at, live: now };
  });
  const known = new Set(rows.map((row) => row.id));
  for (const now of live.values()) if (!known.has(now.id)) rows.push({ id: now.id, name: now.name, state: now.state, mode: null, created: null, live: now });
  return rows;
}

// What moves comes first.
const order: Record<CampaignState, number> = { running: 0, draining: 1, paused: 2, draft: 3, stopped: 4, finished: 5 };
const orderOf = (state: string): number => order[state as CampaignState] ?? campaignStates.length;
const newest = (a: CampaignRow, b: CampaignRow) => (b.created ?? '~').localeCompare(a.created ?? '~');

export const doneShare = (live: LiveCampaign | null): number => (live && live.total > 0 ? live.finished / live.total : -1);

const by: Record<string, (a: CampaignRow, b: CampaignRow) => number> = {
  name: (a, b) => a.name.localeCompare(b.name),
  state: (a, b) => orderOf(a.state) - orderOf(b.state),
  done: (a, b) => doneShare(a.live) - doneShare(b.live),
  calls: (a, b) => (a.live?.calls_now ?? -1) - (b.live?.calls_now ?? -1),
  answered: (a, b) => (a.live?.answered ?? -1) - (b.live?.answered ?? -1),
  rate: (a, b) => (a.live?.rate ?? -1) - (b.live?.rate ?? -1),
  created: (a, b) => -newest(a, b),
};

export function shownRows(rows: readonly CampaignRow[], { q, state, sort }: CampaignsSearch): CampaignRow[] {
  const words = (q ?? '').toLocaleLowerCase().split(/\s+/).filter(Boolean);
  const fits = (row: CampaignRow) => (!state || row.state === state) && words.every((word) => row.name.toLocaleLowerCase().includes(word));
  const key = sort?.replace(/^-/, '') ?? '';
  const compare = by[key];
  const sign = sort?.startsWith('-') ? -1 : 1;
  return rows.filter(fits).toSorted((a, b) => (compare ? sign * compare(a, b) : orderOf(a.state) - orderOf(b.state)) || newest(a, b));
}
