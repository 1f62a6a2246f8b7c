// Leads: pages of the server's list, or what a search by number found.
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { api, ask, type Schemas } from '@/api/client.ts';
import type { LeadsSearch } from './search.ts';

export type LeadView = Schemas['lead_view'];

const limit = '200';

export function useLeads(search: LeadsSearch) {
  const { campaign, state, outcome, refusal, import: from, found } = search;
  const list = useInfiniteQuery({
    queryKey: ['leads', { campaign, state, outcome, refusal, from, found }],
    queryFn: ({ pageParam, signal }) => {
      const after = pageParam ? { after: pageParam } : {};
      if (found) return ask(api.GET('/ottb/searches/{search}', { params: { path: { search: found }, query: { limit, ...after } }, signal }));
      const filter = { ...(campaign && { campaign }), ...(state && { state }), ...(outcome && { outcome }), ...(refusal && { refusal }), ...(from && { import: from }) };
      return ask(api.GET('/ottb/leads', { params: { query: { limit, ...filter, ...after } }, signal }));
    },
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    // Every look is written into the audit log: it is renewed when somebody asks for it, not by itself.
    staleTime: 30_000,
    refetchOnWindowFocus: false,
  });
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data]);
  return { ...list, rows };
}

export const useLead = (id: string) => useQuery({ queryKey: ['lead', id], queryFn: ({ signal }) => ask(api.GET('/ottb/leads/{lead}', { params: { path: { lead: id } }, signal })), refetchOnWindowFocus: false });
