// One tick per second for everything that shows passing time. A component renders again only when its own text changes.
import { useCallback, useSyncExternalStore } from 'react';
import { live } from '@/live/client.ts';

const listeners = new Set<() => void>();
let ticking: ReturnType<typeof setInterval> | null = null;

function listen(listener: () => void): () => void {
  listeners.add(listener);
  ticking ??= setInterval(() => listeners.forEach((one) => one()), 1000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0 || ticking === null) return;
    clearInterval(ticking);
    ticking = null;
  };
}

/** The server's time, as well as we know it. */
export const serverNow = (): number => Date.now() + live.status().skew;

/** A text made from the time of now, kept up to date. */
export function useTicking(text: (now: number) => string): string {
  return useSyncExternalStore(listen, useCallback(() => text(serverNow()), [text]));
}
