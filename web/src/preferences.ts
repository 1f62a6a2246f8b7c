// What a person chose for this browser: no secrets, so local storage may keep it.
import { useSyncExternalStore } from 'react';

export interface Preferences {
  scheme: 'light' | 'dark' | 'auto';
  density: 'compact' | 'comfortable';
  language: 'ru' | 'en';
}

const key = 'vss.preferences';
const allowed: { [K in keyof Preferences]: readonly Preferences[K][] } = {
  scheme: ['light', 'dark', 'auto'],
  density: ['compact', 'comfortable'],
  language: ['ru', 'en'],
};

/** What was kept, where it is still allowed; else what fits. */
export function readPreferences(kept: string | null, languages: readonly string[]): Preferences {
  const preferred = languages.map((one) => one.slice(0, 2)).find((one) => one === 'ru' || one === 'en');
  const out: Preferences = { scheme: 'auto', density: 'compact', language: preferred === 'en' ? 'en' : 'ru' };
  let given: Record<string, unknown> = {};
  try {
    given = (JSON.parse(kept ?? '{}') as Record<string, unknown> | null) ?? {};
  } catch {
    // what somebody else wrote there
  }
  for (const name of Object.keys(allowed) as (keyof Preferences)[]) {
    if ((allowed[name] as readonly unknown[]).includes(given[name])) Object.assign(out, { [name]: given[name] });
  }
  return out;
}

function stored(): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null; // storage is forbidden: choices last as long as the page
  }
}

let current: Preferences | null = null;
const listeners = new Set<() => void>();

export function preferences(): Preferences {
  current ??= readPreferences(stored(), navigator.languages);
  return current;
}

export function choose(change: Partial<Preferences>): void {
  current = { ...preferences(), ...change };
  try {
    localStorage.setItem(key, JSON.stringify(current));
  } catch {
    // as above
  }
  for (const listener of listeners) listener();
}

export function onChoice(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

// Another tab's choice is ours too.
if (typeof addEventListener === 'function') {
  addEventListener('storage', (event: StorageEvent) => {
    if (event.key !== key) return;
    current = readPreferences(event.newValue, navigator.languages);
    for (const listener of listeners) listener();
  });
}

export const usePreferences = (): Preferences => useSyncExternalStore(onChoice, preferences);
