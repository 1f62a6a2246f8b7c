// What the Floor asks of the browser: to be dark or light by itself, to fill the screen, to keep it on.
import { useCallback, useEffect, useLayoutEffect, useState, useSyncExternalStore } from 'react';
import { preferences } from '@/preferences.ts';

const attribute = 'data-mantine-color-scheme';
const chosen = (): string => {
  const { scheme } = preferences();
  return scheme === 'auto' ? (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light') : scheme;
};

/** The page wears this scheme while it stands, whatever is chosen for the rest of the console; its keeper may not change it under us. */
export function useOwnScheme(scheme: 'dark' | 'light'): void {
  useLayoutEffect(() => {
    const root = document.documentElement;
    const wear = () => {
      if (root.getAttribute(attribute) !== scheme) root.setAttribute(attribute, scheme);
    };
    wear();
    const watch = new MutationObserver(wear);
    watch.observe(root, { attributeFilter: [attribute] });
    return () => {
      watch.disconnect();
      root.setAttribute(attribute, chosen());
    };
  }, [scheme]);
}

const onFull = (listener: () => void) => {
  document.addEventListener('fullscreenchange', listener);
  return () => document.removeEventListener('fullscreenchange', listener);
};

export function useFullScreen(): { full: boolean; can: boolean; toggle: () => void } {
  const full = useSyncExternalStore(onFull, () => document.fullscreenElement !== null);
  const toggle = useCallback(() => void (document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen()).catch(() => undefined), []);
  return { full, can: document.fullscreenEnabled, toggle };
}

/** Keeps the screen on while the page is looked at; a browser lets go of it whenever the page is hidden, so it is asked for again. */
export function useWakeLock(): boolean {
  const [held, setHeld] = useState(false);
  useEffect(() => {
    let over = false;
    let lock: WakeLockSentinel | null = null;
    const ask = () => {
      if (document.visibilityState !== 'visible' || !('wakeLock' in navigator) || (lock && !lock.released)) return;
      navigator.wakeLock.request('screen').then(
        (got) => {
          if (over) return void got.release();
          lock = got;
          setHeld(true);
          got.addEventListener('release', () => setHeld(false));
        },
        () => setHeld(false), // the battery is low, or the browser does not let us
      );
    };
    ask();
    document.addEventListener('visibilitychange', ask);
    return () => {
      over = true;
      document.removeEventListener('visibilitychange', ask);
      void lock?.release();
    };
  }, []);
  return held;
}
