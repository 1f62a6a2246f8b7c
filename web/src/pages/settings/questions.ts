// What the settings ask the server.
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { allPages } from '@/api/all-pages.ts';
import { api, ask, type Schemas } from '@/api/client.ts';

export type Profile = Schemas['profile_view'];
export type ProfileDocument = Schemas['profile_document'];
export type Flow = Schemas['flow_view'];
export type FlowNode = Schemas['ivr_node'];
export type DncEntry = Schemas['dnc_view'];

const limit = '500';
export { flowsQuery, profilesQuery } from '@/pages/campaigns/choices.ts';
export const campaignNamesQuery = queryOptions({
  queryKey: ['campaigns', 'names'],
  queryFn: async ({ signal }) => {
    const all = await allPages((after) => ask(api.GET('/ottb/campaigns', { params: { query: { limit, ...after } }, signal })));
    return all.map(({ id, name, profile, flow, state }) => ({ id, name, profile, flow, state }));
  },
  staleTime: 30_000,
});

export const dncQuery = (list: string) =>
  infiniteQueryOptions({
    queryKey: ['do not call', list],
    queryFn: ({ pageParam, signal }) => ask(api.GET('/ottb/do-not-call', { params: { query: { limit: '200', list, ...(pageParam ? { after: pageParam } : {}) } }, signal })),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  });

/** The words for whence an entry comes; by the callee himself it is "opt_out:" and how. */
export const sourceKey = (source: string) => `settings.sourceOf.${source.replace('opt_out:', '') as 'person'}` as const;
