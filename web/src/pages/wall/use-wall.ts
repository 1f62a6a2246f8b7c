// The Wall's slots: the server's list (pages of 500, renewed now and then) under the live topic.
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useLine, useTopic } from '@/live/hooks.ts';
import { OverlayCache } from './overlay-cache.ts';
import { slotsQuery } from './slots-query.ts';
import type { WallSlot } from './wall-slot.ts';

const nothing: WallSlot[] = [];

export function useWall(retired: boolean) {
  const line = useLine();
  const topic = useTopic('slots');
  const [cache] = useState(() => new OverlayCache());
  const live = line.state === 'live';
  const list = useQuery({ ...slotsQuery(retired), refetchInterval: live ? 30_000 : 5_000 });
  // Once the line was cut for good, a newer list is nearer to the truth than the last live picture.
  const trusted = topic.items !== null && (live || list.dataUpdatedAt < line.heard);
  const slots = useMemo(() => cache.join(list.data ?? nothing, trusted ? topic.byId : null), [cache, list.data, trusted, topic.byId]);
  return { slots, refused: topic.refused, pending: list.isPending && topic.items === null, error: list.error, again: () => void list.refetch() };
}
