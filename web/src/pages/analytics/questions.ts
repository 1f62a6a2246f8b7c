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
    placeholderData: (old) => (old?.by === query.by ? old : undefined), // the old picture stands until the new one is there
  });
};

/** The same rows as the server writes them into a file. */
export async function csvOf(search: AnalyticsSearch, span: Span, tz: string): Promise<Blob> {
  const text = await ask(api.GET('/dci/analytics', { params: { query: asked(search, span, tz) }, headers: { Accept: 'text/csv' }, parseAs: 'text' }));
  return new Blob(['\uFEFF', text as string], { type: 'text/csv;charset=utf-8' });
}
