// Keeps what was laid over what, so that a slot stays the same object from frame to frame until something about it changes.
import type { LiveSlot } from '@/live/topics.ts';
import { overlay, type WallSlot } from './wall-slot.ts';

interface Made {
  base: WallSlot | undefined;
  now: LiveSlot;
  out: WallSlot;
}

export class OverlayCache {
  #made = new Map<string, Made>();
  #list: WallSlot[] = [];

  /** All slots by number; without live items the list as it came. Retired slots come only from the list. */
  join(list: readonly WallSlot[], now: ReadonlyMap<string, LiveSlot> | null): WallSlot[] {
    const bases = new Map(list.map((slot) => [slot.number, slot]));
    const out: WallSlot[] = now ? list.filter((slot) => slot.retired) : [...list];
    const made = new Map<string, Made>();
    for (const [number, item] of now ?? []) {
      const base = bases.get(number);
      const old = this.#made.get(number);
      const one = old && old.base === base && old.now === item ? old : { base, now: item, out: overlay(base, item) };
      made.set(number, one);
      out.push(one.out);
    }
    this.#made = made;
    out.sort((a, b) => Number(a.number) - Number(b.number));
    const same = out.length === this.#list.length && out.every((slot, i) => slot === this.#list[i]);
    if (!same) this.#list = out;
    return this.#list;
  }
}
