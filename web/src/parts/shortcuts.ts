// Keys and actions of what stands on the screen. A page names its actions once: the palette lists them, `?` lists their keys,
// and the keys work. Later registrations win, so a page may take a key of the frame for itself.
import { useEffect, useRef, useSyncExternalStore } from 'react';

export interface Deed {
  id: string;
  label: string;
  group: string;
  key?: string; // "?", "x", "mod+K", or two strokes: "g w"
  run: () => void;
  hidden?: boolean; // not in the palette: has a key only
}

let deeds: Deed[] = [];
const listeners = new Set<() => void>();
const changed = () => listeners.forEach((one) => one());

/** A list may be made anew at every drawing: what a deed does is looked up when it is done. */
export function useDeeds(mine: readonly Deed[]): void {
  const latest = useRef(mine);
  useEffect(() => {
    latest.current = mine;
  });
  const look = JSON.stringify(mine);
  useEffect(() => {
    const own = (JSON.parse(look) as Omit<Deed, 'run'>[]).map((one): Deed => ({ ...one, run: () => latest.current.find((each) => each.id === one.id)?.run() }));
    deeds = [...deeds, ...own];
    changed();
    return () => {
      deeds = deeds.filter((one) => !own.includes(one));
      changed();
    };
  }, [look]);
}

export const allDeeds = (): Deed[] => deeds;
export const useAllDeeds = (): Deed[] =>
  useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, allDeeds);

/** A stroke as it stands on the keys: "mod+k" is Ctrl K, "escape" is Esc. */
export const keyName = (key: string): string => key.replace('escape', 'Esc').replace(/^mod\+(.)$/, (_, letter: string) => `Ctrl ${letter.toUpperCase()}`);

/** Which stroke a key event is: "mod+a", "shift+x" only for letters, "?" as typed. Layout-proof for Latin letters: a Russian "ц" is the "w" key. */
export function stroke(event: Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey'>): string {
  const letter = /^Key([A-Z])$/.exec(event.code)?.[1]?.toLowerCase();
  const key = letter ?? (event.key === ' ' ? 'space' : event.key.length === 1 ? event.key : event.key.toLowerCase());
  const mod = event.ctrlKey || event.metaKey ? 'mod+' : '';
  return `${mod}${event.altKey ? 'alt+' : ''}${key}`;
}

export const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) && !(target instanceof HTMLInputElement && ['checkbox', 'radio', 'button', 'range', 'file'].includes(target.type)));

/** The deed of a stroke after an earlier one, or "wait" when it begins a longer one. */
export function match(all: readonly Deed[], before: string, now: string): Deed | 'wait' | null {
  const two = all.findLast((one) => one.key?.toLowerCase() === `${before} ${now}`);
  if (before && two) return two;
  const one = all.findLast((deed) => deed.key?.toLowerCase() === now);
  if (one) return one;
  return all.some((deed) => deed.key?.toLowerCase().startsWith(`${now} `)) ? 'wait' : null;
}

export function useKeys(): void {
  useEffect(() => {
    let before = '';
    let when = 0;
    // A dialog may close by the very key that comes by here next: whether one stood is looked at first.
    let modal = false;
    const look = () => {
      modal = document.querySelector('[aria-modal="true"]') !== null;
    };
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.repeat) return;
      const now = stroke(event);
      if (isTyping(event.target) && !now.startsWith('mod+')) return;
      if ((modal || event.target instanceof Element && event.target.closest('[role="menu"], [role="listbox"]')) && !now.startsWith('mod+')) return;
      const found = match(deeds, event.timeStamp - when < 1200 ? before : '', now);
      before = found === 'wait' ? now : '';
      when = event.timeStamp;
      if (!found || found === 'wait') return;
      event.preventDefault();
      found.run();
    };
    addEventListener('keydown', look, { capture: true });
    addEventListener('keydown', press);
    return () => {
      removeEventListener('keydown', look, { capture: true });
      removeEventListener('keydown', press);
    };
  }, []);
}
