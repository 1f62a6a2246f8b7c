// Ended calls: pages of call records, or the attempts of a number that was asked for.
import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { api, ask, type Schemas } from '@/api/client.ts';
import { type CallsSearch, wholeSlot } from './search.ts';

export interface HistoryRow {
  id: string;
  at: string;
  direction: string;
  slot: string | null;
  campaign: string | null;
  outcome: string | null;
  state: string | null; // of one that has not ended
  sip: number | null;
  talk: number | null; // milliseconds
  by: string | null;
  differs: readonly string[];
}

const between = (from: string | undefined, to: string | undefined): number | null => (from && to ? Math.max(0, Date.parse(to) - Date.parse(from)) : null);

export const ofRecord = (call: Schemas['call_view']): HistoryRow => ({
  id: call.call_id, at: call.started_at, direction: call.direction, slot: call.slot ?? null, campaign: call.campaign_id ?? null, outcome: call.outcome, state: null, sip: call.sip_code || null, talk: between(call.answered_at, call.ended_at), by: call.hangup_by ?? null, differs: call.differs,
});
export const ofAttempt = (one: Schemas['attempt_view']): HistoryRow => ({
  id: one.id, at: one.queued_at, direction: 'outbound', slot: one.slot, campaign: one.campaign, outcome: one.outcome ?? null, state: one.state, sip: one.sip_code || null, talk: between(one.answered_at, one.ended_at), by: null, differs: [],
});

interface HistoryPage {
  rows: HistoryRow[];
  next?: string | undefined;
}

const limit = '200';

async function recordsPage({ campaign, slot, outcome, from, to }: CallsSearch, after: string, signal: AbortSignal): Promise<HistoryPage> {
  const query = { limit, ...(slot && { slot }), ...(campaign && { campaign }), ...(outcome && { outcome }), ...(from && { from }), ...(to && { to }), ...(after && { after }) };
  const page = await ask(api.GET('/dci/cdrs', { params: { query }, signal }));
  return { rows: page.items.map(ofRecord), next: page.next };
}

/** POST /ottb/call-searches: the number in a body, an opaque id for the URL. */
export const askForNumber = async (number: string, region: string | undefined): Promise<string> => (await ask(api.POST('/ottb/call-searches', { body: { number, ...(region && { region }) } }))).id;

async function foundPage(id: string, after: string, signal: AbortSignal): Promise<HistoryPage> {
  const page = await ask(api.GET('/ottb/call-searches/{search}', { params: { path: { search: id }, query: { limit, ...(after && { after }) } }, signal }));
  return { rows: page.items.map(ofAttempt), next: page.next };
}

export function useHistory(search: CallsSearch, enabled: boolean) {
  const { campaign, slot, outcome, from, to, found } = search;
  const list = useInfiniteQuery({
    queryKey: ['calls', { campaign, slot, outcome, from, to, found }],
    enabled: enabled && (found !== undefined || slot === undefined || wholeSlot.test(slot)),
    queryFn: ({ pageParam, signal }) => (found ? foundPage(found, pageParam, signal) : recordsPage(search, pageParam, signal)),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    refetchOnWindowFocus: false,
  });
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.rows) ?? [], [list.data]);
  return { ...list, rows };
}
