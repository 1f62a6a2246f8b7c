// What is known of the platform: the live topic; before it has come, or where it may not be seen, the server's own readiness.
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { unreachable } from '@/api/problem.ts';
import { useLine, useTopic } from '@/live/hooks.ts';
import { fromReadiness } from './health.ts';

// 503 is an answer too: it says what is not ready.
async function readiness(signal: AbortSignal): Promise<Record<string, unknown>> {
  try {
    const response = await fetch('/readyz', { signal, credentials: 'same-origin' });
    return (await response.json()) as Record<string, unknown>;
  } catch (why) {
    if (signal.aborted) throw why;
    throw unreachable(why);
  }
}

export function useHealth() {
  const line = useLine();
  const topic = useTopic('health');
  const missing = topic.items === null;
  const cut = line.state !== 'live';
  const ready = useQuery({ queryKey: ['readyz'], queryFn: ({ signal }) => readiness(signal), enabled: missing || cut, refetchInterval: 5_000 });
  const plain = useMemo(() => fromReadiness(ready.data ?? {}), [ready.data]);
  const old = cut && !missing && ready.data !== undefined && !ready.isError && ready.dataUpdatedAt > line.heard;
  const items = missing || old ? plain : (topic.items ?? plain);
  return { items, partial: missing || old, refused: topic.refused, pending: missing && ready.isPending, error: missing ? ready.error : null, again: () => void ready.refetch() };
}
