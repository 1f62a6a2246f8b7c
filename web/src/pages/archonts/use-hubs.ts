// The hubs and their agents' identities: the server's lists under the live topic.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { allPages } from '@/api/all-pages.ts';
import { api, ask } from '@/api/client.ts';
import { useMay } from '@/api/me.ts';
import { useLine, useTopic } from '@/live/hooks.ts';
import { type Archont, type HubView, joinHubs, withLive } from './hub-row.ts';

const noHubs: HubView[] = [];
const noArchonts: Archont[] = [];

export function useHubs() {
  const line = useLine();
  const topic = useTopic('hubs');
  const may = useMay();
  const live = line.state === 'live';
  const every = live ? 30_000 : 5_000;
  const hubs = useQuery({
    queryKey: ['hubs'],
    queryFn: ({ signal }) => allPages((after) => ask(api.GET('/ottb/hubs', { params: { query: { limit: '500', ...after } }, signal }))),
    refetchInterval: every,
  });
  const archonts = useQuery({
    queryKey: ['archonts'],
    queryFn: ({ signal }) => allPages((after) => ask(api.GET('/point/archonts', { params: { query: { limit: '500', ...after } }, signal }))),
    refetchInterval: every,
    enabled: may('point.archont.read'),
  });
  const now = topic.items !== null && (live || hubs.dataUpdatedAt < line.heard) ? topic.byId : null;
  const rows = useMemo(() => joinHubs(hubs.data ?? noHubs, archonts.data ?? noArchonts, now), [hubs.data, archonts.data, now]);
  return { rows, pending: hubs.isPending && topic.items === null, error: live ? null : hubs.error, heard: Math.max(hubs.dataUpdatedAt, line.heard), again: () => void hubs.refetch() };
}

/** One hub, its agent's identity, and both as a row; either may be absent: not approved yet, or not for these eyes. */
export function useHub(id: string) {
  const line = useLine();
  const item = useTopic('hubs').byId.get(id);
  const mayIdentity = useMay()('point.archont.read');
  const queries = useQueryClient();
  const live = line.state === 'live';
  const every = live ? 15_000 : 4_000;
  const hub = useQuery({ queryKey: ['hubs', id], queryFn: ({ signal }) => ask(api.GET('/ottb/hubs/{hub}', { params: { path: { hub: id } }, signal })), refetchInterval: every });
  const archont = useQuery({
    queryKey: ['archonts', id],
    queryFn: ({ signal }) => ask(api.GET('/point/archonts/{archont}', { params: { path: { archont: id } }, signal })),
    refetchInterval: every,
    enabled: mayIdentity,
  });
  const [plain] = joinHubs(hub.data ? [hub.data] : noHubs, archont.data ? [archont.data] : noArchonts, null);
  const row = plain && item && live ? withLive(plain, item) : plain;
  const again = () => Promise.all([queries.invalidateQueries({ queryKey: ['hubs'] }), queries.invalidateQueries({ queryKey: ['archonts'] })]);
  return { row, hub: hub.data, archont: archont.data, pending: hub.isPending || (mayIdentity && archont.isPending), error: hub.error, again };
}
