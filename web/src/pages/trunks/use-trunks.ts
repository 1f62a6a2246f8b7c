// The trunks as configured, under what is live of them: health and calls now.
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { allPages } from '@/api/all-pages.ts';
import { api, ask } from '@/api/client.ts';
import { useLine, useTopic } from '@/live/hooks.ts';
import type { Trunk } from './trunk-draft.ts';

export interface TrunkRow extends Trunk {
  in_use: number | null; // null: not known, no live data
}

const none: Trunk[] = [];

export function useTrunks() {
  const line = useLine();
  const topic = useTopic('trunks');
  const live = line.state === 'live';
  const list = useQuery({
    queryKey: ['trunks'],
    queryFn: ({ signal }) => allPages((after) => ask(api.GET('/ottb/trunks', { params: { query: { limit: '500', ...after } }, signal }))),
    refetchInterval: live ? 20_000 : 5_000,
  });
  const now = live ? topic.byId : null;
  const rows = useMemo(
    () =>
      (list.data ?? none).map((trunk): TrunkRow => {
        const item = now?.get(String(trunk.id));
        return item ? { ...trunk, name: item.name, enabled: item.enabled, health: item.health, cps: item.cps, channels: item.channels, in_use: item.in_use } : { ...trunk, in_use: null };
      }),
    [list.data, now],
  );
  return { list, rows };
}

/** A trunk's name by its id. */
export function useTrunkNames(): (id: number) => string {
  const { rows } = useTrunks();
  return (id) => rows.find((trunk) => trunk.id === id)?.name ?? `#${id}`;
}
