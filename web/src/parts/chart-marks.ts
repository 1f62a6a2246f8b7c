// Which moments a time axis names. Pure.
const steps = [1, 2, 3, 4, 6, 12, 24, 48, 96];

/** Those whose number (of the hour in its day, of the day) is a round one, at most `most` of them. */
export function marksOf(at: readonly number[], number: (seconds: number) => number, most: number): number[] {
  let found: number[] = [];
  for (const step of steps) {
    found = at.filter((one) => number(one) % step === 0);
    if (found.length <= most) break;
  }
  if (found.length <= most) return found;
  const every = Math.ceil(found.length / Math.max(1, most));
  return found.filter((_, i) => i % every === 0);
}
