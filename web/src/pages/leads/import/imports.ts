// The imports of a campaign, the newest first, and which one has just begun.
import { queryOptions } from '@tanstack/react-query';
import { allPages } from '@/api/all-pages.ts';
import { api, ask } from '@/api/client.ts';
import type { ImportView } from './upload.ts';

const page = (campaign: string, after: { after?: string }) => ask(api.GET('/ottb/imports', { params: { query: { campaign, limit: '500', ...after } } }));
const all = async (campaign: string): Promise<ImportView[]> => (await allPages((after) => page(campaign, after))).toReversed();

export const importsQuery = (campaign: string) => queryOptions({ queryKey: ['imports', campaign], queryFn: () => all(campaign), refetchInterval: 10_000 });

/** The id of the last one now; "" without any. */
export const lastImport = async (campaign: string): Promise<string> => (await all(campaign))[0]?.id ?? '';

/** The id of one that began after `before` with that file, or null. */
export async function newImport({ campaign, before, filename }: { campaign: string; before: string; filename: string }): Promise<string | null> {
  const { items } = await page(campaign, before ? { after: before } : {});
  return items.findLast((one) => one.filename === filename)?.id ?? null;
}

export const importQuery = (id: string) =>
  queryOptions({
    queryKey: ['import', id],
    queryFn: ({ signal }) => ask(api.GET('/ottb/imports/{import}', { params: { path: { import: id } }, signal })),
    refetchInterval: (query) => (running(query.state.data) ? 1000 : false),
  });

export const running = (one: ImportView | undefined): boolean => one !== undefined && !one.finished_at && one.state !== 'done' && one.state !== 'failed' && one.state !== 'undone';
