// Live data for components.
import { useEffect, useSyncExternalStore } from 'react';
import { live } from './client.ts';
import type { LineStatus } from './protocol.ts';
import type { TopicView } from './topic-store.ts';
import type { Topics } from './topics.ts';

/** The topic's picture, renewed at most once per frame, while the component stands. An item that did not change stays the same object. */
export function useTopic<N extends keyof Topics>(name: N): TopicView<Topics[N]> {
  const store = live.store(name);
  useEffect(() => live.want(name), [name]);
  return useSyncExternalStore(store.listen, store.view) as TopicView<Topics[N]>;
}

/** 0, or since when a source of what this tab shows is silent, though the line itself is live. */
export function useSilence(): number {
  return useSyncExternalStore(live.onStatus, live.silence);
}

export function useLine(): LineStatus {
  return useSyncExternalStore(live.onStatus, live.status);
}
