// Where the keys stand in a grid of things. Pure.
export function moveCursor(key: string, at: number, count: number, columns: number, pageRows: number): number | null {
  if (count === 0) return null;
  const step: Record<string, number> = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns, ArrowUp: -columns, PageDown: columns * pageRows, PageUp: -columns * pageRows };
  if (key === 'Home') return 0;
  if (key === 'End') return count - 1;
  const by = step[key];
  if (by === undefined) return null;
  const to = at + by;
  if (key === 'ArrowUp' || key === 'ArrowDown') return to < 0 || to >= count ? at : to;
  return Math.min(count - 1, Math.max(0, to));
}

/** The ids from one to the other, both included, in the order they stand. */
export function rangeOf(ids: readonly string[], from: string | null, to: string): string[] {
  const a = from === null ? -1 : ids.indexOf(from);
  const b = ids.indexOf(to);
  if (a < 0 || b < 0) return [to];
  return ids.slice(Math.min(a, b), Math.max(a, b) + 1);
}
