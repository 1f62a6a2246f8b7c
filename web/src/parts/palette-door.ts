// How the palette is asked for before its code is here.
let count = 0;
const listeners = new Set<() => void>();

export function openPalette(): void {
  count++;
  for (const listener of listeners) listener();
}

export const paletteAsked = {
  count: (): number => count,
  listen: (listener: () => void): (() => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};
