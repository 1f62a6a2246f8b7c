// Everything that is kept about one call: the attempt's story, the call's record with both halves, and for a call without an attempt the steps of its slot.
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { api, ask, type Schemas } from '@/api/client.ts';
import { useMay } from '@/api/me.ts';
import { Problem } from '@/api/problem.ts';
import { useLine, useTopic } from '@/live/hooks.ts';
import { around, cursorAt, duringCall } from './story.ts';

async function orNull<T>(asked: Promise<T>): Promise<T | null> {
  try {
    return await asked;
  } catch (why) {
    if (why instanceof Problem && why.status === 404) return null;
    throw why;
  }
}

const pagesOfSteps = 4;

async function stepsOf(number: string, from: number, to: number, attempt: string, signal: AbortSignal): Promise<Schemas['slot_moment'][]> {
  const out: Schemas['slot_moment'][] = [];
  let after: string | undefined = cursorAt(to);
  for (let page = 0; page < pagesOfSteps && after; page++) {
    const got: Schemas['slot_timeline'] = await ask(api.GET('/ottb/slots/{number}/timeline', { params: { path: { number }, query: { limit: '200', after } }, signal }));
    out.push(...got.items);
    after = got.items.some((one) => Date.parse(one.at) < from) ? undefined : got.next;
  }
  return duringCall(out, from, to, attempt);
}

export function useStory(id: string) {
  const may = useMay();
  const line = useLine();
  const heard = useTopic('calls').byId.get(id) ?? null;
  const now = line.state === 'live' ? heard : null;
  const again = now ? 4_000 : 15_000;
  const record = useQuery({ queryKey: ['call', id, 'record'], enabled: may('dci.cdr.read'), refetchInterval: again, queryFn: ({ signal }) => orNull(ask(api.GET('/dci/cdrs/{call_id}', { params: { path: { call_id: id } }, signal }))) });
  // Each look at an attempt stands in the audit log: what is over is not looked at again, and one under way when it moves.
  const told = useQuery<Schemas['attempt_story'] | null>({ queryKey: ['call', id, 'story'], refetchInterval: (query) => (query.state.data === null || query.state.data?.attempt.ended_at ? false : 20_000), refetchOnWindowFocus: false, queryFn: ({ signal }) => orNull(ask(api.GET('/ottb/attempts/{attempt}', { params: { path: { attempt: id } }, signal }))) });
  const state = now?.state;
  const { refetch } = told;
  const before = useRef(state);
  useEffect(() => {
    if (before.current !== state) void refetch();
    before.current = state;
  }, [state, refetch]);
  const attempt = told.data?.attempt ?? null;
  const span = around(attempt, record.data?.call ?? null);
  const slot = attempt?.slot ?? record.data?.call.slot ?? now?.slot;
  const steps = useQuery({ queryKey: ['call', id, 'steps', slot, span?.from, span?.to], enabled: told.data === null && slot !== undefined && span !== null && may('ottb.slot.read'), queryFn: ({ signal }) => stepsOf(slot!, span!.from, span!.to, id, signal) });
  const parts = [record, told];
  const pending = parts.some((one) => one.isPending && one.fetchStatus !== 'idle');
  const error = parts.find((one) => one.error)?.error ?? null;
  const retry = () => parts.forEach((one) => void one.refetch());
  const halves = record.data ?? null;
  return { now, told: told.data ?? null, attempt, call: halves?.call ?? null, record: halves, sides: halves ?? told.data?.record ?? null, steps, slot: slot ?? null, pending, error, retry };
}
