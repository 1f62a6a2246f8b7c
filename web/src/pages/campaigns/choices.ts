// What a campaign can be made of: profiles, flows, caller IDs, trunks, hubs. The newest version of each name comes first.
import { queryOptions } from '@tanstack/react-query';
import { allPages } from '@/api/all-pages.ts';
import { api, ask } from '@/api/client.ts';

interface Versioned {
  id: string;
  name: string;
  version: number;
}

export const newestFirst = <T extends Versioned>(items: readonly T[]): T[] => items.toSorted((a, b) => a.name.localeCompare(b.name) || b.version - a.version);

const paged = (after: { after?: string }) => ({ params: { query: { limit: '500', ...after } } });
const seldom = { staleTime: 60_000 };

export const profilesQuery = queryOptions({
  queryKey: ['profiles'],
  queryFn: async ({ signal }) => newestFirst(await allPages((after) => ask(api.GET('/ottb/profiles', { ...paged(after), signal })))),
  ...seldom,
});
export const flowsQuery = queryOptions({
  queryKey: ['flows'],
  queryFn: async ({ signal }) => newestFirst(await allPages((after) => ask(api.GET('/ottb/flows', { ...paged(after), signal })))),
  ...seldom,
});
export const callersQuery = queryOptions({
  queryKey: ['callers'],
  queryFn: ({ signal }) => allPages((after) => ask(api.GET('/ottb/caller-ids', { ...paged(after), signal }))),
  ...seldom,
});
