// Campaigns: the server's settings under the live counts.
import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { allPages } from '@/api/all-pages.ts';
import { api, ask } from '@/api/client.ts';
import { useLine, useTopic } from '@/live/hooks.ts';
import type { LiveCampaign } from '@/live/topics.ts';
import { type CampaignView, join } from './rows.ts';
import { moving } from './verbs.ts';

const all = (signal: AbortSignal) => allPages((after) => ask(api.GET('/ottb/campaigns', { params: { query: { limit: '500', ...after } }, signal })));

export const campaignsQuery = queryOptions({ queryKey: ['campaigns'], queryFn: ({ signal }) => all(signal), staleTime: 10_000 });

const nobody: ReadonlyMap<string, LiveCampaign> = new Map();
const nothing: CampaignView[] = [];

export function useCampaigns() {
  const line = useLine();
  const topic = useTopic('campaigns');
  const list = useQuery({ ...campaignsQuery, refetchInterval: line.state === 'live' ? 30_000 : 5_000 });
  const trusted = topic.items !== null && (line.state === 'live' || list.dataUpdatedAt < line.heard);
  const live = trusted ? topic.byId : nobody;
  const rows = useMemo(() => join(list.data ?? nothing, live), [list.data, live]);
  return { rows, refused: topic.refused, pending: list.isPending, error: list.error, again: () => void list.refetch() };
}

/** One campaign: its settings, live counts, and the server's own counts where the topic is silent or says less. */
export function useCampaign(id: string) {
  const queries = useQueryClient();
  const line = useLine();
  const topic = useTopic('campaigns');
  const heard = topic.byId.get(id) ?? null;
  const isLive = line.state === 'live';
  const now = isLive ? heard : null;
  const how = { params: { path: { campaign: id } } };
  const campaign = useQuery({ queryKey: ['campaign', id], queryFn: ({ signal }) => ask(api.GET('/ottb/campaigns/{campaign}', { ...how, signal })), refetchInterval: now ? 20_000 : 5_000 });
  const state = now?.state ?? campaign.data?.state;
  const counts = useQuery({
    queryKey: ['campaign', id, 'counts'],
    queryFn: ({ signal }) => ask(api.GET('/ottb/campaigns/{campaign}/progress', { ...how, signal })),
    refetchInterval: state && moving(state) ? 2_500 : 15_000,
  });
  // Somebody changed its state: its settings and what they allow are asked for anew.
  const sign = now?.state;
  useEffect(() => {
    if (sign) void queries.invalidateQueries({ queryKey: ['campaign', id] });
  }, [queries, id, sign]);
  const view = campaign.data && state ? { ...campaign.data, state: state as CampaignView['state'] } : campaign.data;
  // A line that is cut tells nothing new: then the counts that are asked for are the newer ones.
  const newest = isLive || counts.dataUpdatedAt < line.heard ? heard : null;
  return { view, now: newest, counts: counts.data, pending: campaign.isPending, error: campaign.error, again: () => void campaign.refetch() };
}
