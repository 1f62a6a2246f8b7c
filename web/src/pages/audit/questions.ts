// What the audit explorer asks. Every look at the log is written into the log: so nothing here asks again by itself.
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, ask, patient, type Schemas } from '@/api/client.ts';
import { type AuditSearch, filterOf } from './search.ts';

export type Entry = Schemas['audit_view'];
export type Verification = Schemas['audit_verification'];

const once = { staleTime: Number.POSITIVE_INFINITY, refetchOnWindowFocus: false, refetchOnReconnect: false } as const;
const pageSize = '200';

export function entriesQuery(search: AuditSearch) {
  const filter = filterOf(search);
  return infiniteQueryOptions({
    queryKey: ['audit', filter],
    queryFn: ({ pageParam, signal }) => ask(api.GET('/point/audit', { params: { query: { limit: pageSize, ...filter, ...(pageParam ? { after: pageParam } : {}) } }, signal })),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    ...once,
  });
}

/** One entry by its number: the newest one before the next. */
export const entryQuery = (seq: number) =>
  queryOptions({
    queryKey: ['audit entry', seq],
    queryFn: async ({ signal }) => {
      const page = await ask(api.GET('/point/audit', { params: { query: { limit: '1', after: String(seq + 1) } }, signal }));
      return page.items.find((one) => one.seq === seq) ?? null;
    },
    ...once,
  });

/** Asked for by hand; goes on when one leaves the page, and its answer waits there. */
export const verificationQuery = queryOptions({
  queryKey: ['audit verification'],
  queryFn: () => ask(api.POST('/point/audit/verify', { fetch: patient })),
  enabled: false,
  retry: false,
  gcTime: Number.POSITIVE_INFINITY,
  ...once,
});
