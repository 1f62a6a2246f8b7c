// Pointing, keys and selection over slots, the same for tiles and rows. Events are taken at the container, so that what it holds needs
// no listeners of its own.
import { useNavigate } from '@tanstack/react-router';
import { type KeyboardEvent, type MouseEvent, type RefObject, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { moveCursor, rangeOf } from '@/parts/cursor.ts';
import type { WallSlot } from './wall-slot.ts';

export interface Selection {
  chosen: ReadonlySet<string>;
  choose: (numbers: Iterable<string>) => void;
}

export function useSelection(): Selection {
  const [chosen, set] = useState<ReadonlySet<string>>(() => new Set());
  const choose = useCallback((numbers: Iterable<string>) => set(new Set(numbers)), []);
  return useMemo(() => ({ chosen, choose }), [chosen, choose]);
}

const numberOf = (target: EventTarget): string | null => (target instanceof Element ? (target.closest('[data-number]')?.getAttribute('data-number') ?? null) : null);

interface Shape {
  columns: number;
  pageRows: number;
  scroll: RefObject<HTMLElement | null>;
  show: (index: number) => void;
}

export function useGrid(slots: readonly WallSlot[], { chosen, choose }: Selection, { columns, pageRows, scroll, show }: Shape) {
  const navigate = useNavigate();
  const [cursor, setCursor] = useState({ number: '', at: 0 }); // the place of a number may change under the keys
  // The keys may go to what is not drawn yet: the focus follows as soon as it is.
  const follow = useRef(false);
  useEffect(() => {
    const here = follow.current && scroll.current?.querySelector<HTMLElement>('[data-number][tabindex="0"]');
    if (!here) return;
    follow.current = false;
    here.focus({ preventScroll: true });
  });
  const anchor = useRef<string | null>(null);
  const found = slots.findIndex((slot) => slot.number === cursor.number);
  const at = found >= 0 ? found : Math.min(cursor.at, Math.max(0, slots.length - 1));

  const toggle = (number: string, whole: boolean) => {
    const next = new Set(chosen);
    if (whole) for (const one of rangeOf(slots.map((slot) => slot.number), anchor.current, number)) next.add(one);
    else if (!next.delete(number)) next.add(number);
    anchor.current = number;
    choose(next);
  };
  const open = (number: string) => void navigate({ to: '/slots/$number', params: { number } });

  const onClick = (event: MouseEvent) => {
    const number = numberOf(event.target);
    if (!number) return;
    setCursor({ number, at: slots.findIndex((slot) => slot.number === number) });
    const box = event.target instanceof Element && event.target.closest('[data-box]');
    if (box || event.ctrlKey || event.metaKey || event.shiftKey) toggle(number, event.shiftKey);
    else open(number);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target instanceof Element && event.target.closest('button, a')) return; // a column's head sorts
    const own = numberOf(event.target);
    const here = own === null ? at : slots.findIndex((one) => one.number === own);
    const slot = slots[here];
    const to = event.altKey ? null : moveCursor(event.key, Math.max(0, here), slots.length, columns, pageRows);
    if (to !== null) {
      setCursor({ number: slots[to]?.number ?? '', at: to });
      follow.current = true;
      show(to);
      const next = slots[to];
      if (event.shiftKey && slot && next) choose([...chosen, ...rangeOf(slots.map((one) => one.number), slot.number, next.number)]);
    } else if (event.key === 'Enter' && slot) open(slot.number);
    else if (event.key === ' ' && slot) toggle(slot.number, event.shiftKey);
    else return;
    event.preventDefault();
  };
  return { at, onClick, onKeyDown };
}
