// One slot: the server's full view under the live topic, and its timeline.
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { api, ask, type Schemas } from '@/api/client.ts';
import { useLine, useTopic } from '@/live/hooks.ts';

export type SlotView = Schemas['slot_view'];
export type Moment = Schemas['slot_moment'];

export function useSlot(number: string) {
  const queries = useQueryClient();
  const line = useLine();
  const topic = useTopic('slots');
  const item = topic.byId.get(number);
  const now = line.state === 'live' ? item : undefined;
  const slot = useQuery({
    queryKey: ['slot', number],
    queryFn: ({ signal }) => ask(api.GET('/ottb/slots/{number}', { params: { path: { number } }, signal })),
    refetchInterval: line.state === 'live' ? 15_000 : 4_000,
  });
  // Something happened: what the topic does not carry (lease, call, device) and the timeline are asked for anew, soon.
  const sign = now && `${now.state} ${now.since} ${now.epoch} ${now.locked} ${now.drained} ${now.registered}`;
  useEffect(() => {
    if (!sign) return;
    const timer = setTimeout(() => {
      void queries.invalidateQueries({ queryKey: ['slot', number] });
    }, 400);
    return () => clearTimeout(timer);
  }, [queries, number, sign]);

  const view: SlotView | undefined = slot.data && {
    ...slot.data,
    ...(now && { state: now.state, since: now.since, registered: now.registered, epoch: now.epoch, locked: now.locked, drain: now.drained, fault_code: now.fault_code || undefined }),
  };
  return { view, pending: slot.isPending, error: slot.error, again: () => void slot.refetch() };
}

export function useTimeline(number: string) {
  return useInfiniteQuery({
    queryKey: ['slot', number, 'timeline'],
    queryFn: ({ pageParam, signal }) => ask(api.GET('/ottb/slots/{number}/timeline', { params: { path: { number }, query: { limit: '50', ...(pageParam ? { after: pageParam } : {}) } }, signal })),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    maxPages: 40,
  });
}
