// Who is signed in, and what this person may do.
import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, ask, type Schemas } from './client.ts';

export type OwnAccount = Schemas['own_account'];

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: ({ signal }) => ask(api.GET('/point/me', { signal })),
  staleTime: 60_000,
});

export function useMe(): OwnAccount {
  const { data } = useQuery(meQuery);
  if (!data) throw new Error('nobody is signed in'); // the router lets nobody in before it is known
  return data;
}

export function useMay(): (permission: string) => boolean {
  const { permissions } = useMe();
  return (permission) => permissions.includes(permission);
}

export function useMeAgain(): () => Promise<void> {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ queryKey: meQuery.queryKey });
}
