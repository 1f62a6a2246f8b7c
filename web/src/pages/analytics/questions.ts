// What the analytics ask the server.
import { queryOptions } from '@tanstack/react-query';
import { api, ask } from '@/api/client.ts';
import type { AnalyticsSearch } from './search.ts';
import type { Span } from './span.ts';
import type { Analytics } from './types.ts';

const asked = ({ by = 'hour', campaign, direction }: AnalyticsSearch, span: Span, tz: string) => ({ ...span, by, tz, ...(campaign ? { campaign } : {}), ...(direction ? { direction } : {}) });

export const analyticsQuery = (search: AnalyticsSearch, span: Span, tz: string) => {
  const query = asked(search, span, tz);
  return queryOptions({
    queryKey: ['analytics', query],
    queryFn: async ({ signal }) => (await ask(api.GET('/dci/analytics', { params: { query }, signal }))) as Analytics, // not text: no CSV was asked for
    refetchInterval: 30_000,
    // The picture of a quarter of an hour ago stands until the new one is there; that of another question does not.
    placeholderData: (old, before) => {
      const was = before?.queryKey[1] as typeof query | undefined;
      const same = was && was.by === query.by && was.campaign === query.campaign && was.direction === query.direction && was.tz === query.tz;
      const moved = was ? [Date.parse(query.from) - Date.parse(was.from), Date.parse(query.to) - Date.parse(was.to)] : [];
      return same && moved.every((by) => by >= 0 && by <= 900_000) ? old : undefined;
    },
  });
};

/** The same rows as the server writes them into a file. */
export async function csvOf(search: AnalyticsSearch, span: Span, tz: string): Promise<Blob> {
  const text = await ask(api.GET('/dci/analytics', { params: { query: asked(search, span, tz) }, headers: { Accept: 'text/csv' }, parseAs: 'text' }));
  return new Blob(['\uFEFF', text as string], { type: 'text/csv;charset=utf-8' });
}
