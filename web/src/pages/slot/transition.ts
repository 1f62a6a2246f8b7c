/** "READY -> CALLING" in its two states. */
export function transition(text: string): { from: string; to: string } | null {
  const found = /^([A-Z_]+) -> ([A-Z_]+)$/.exec(text);
  return found ? { from: found[1]!, to: found[2]! } : null;
}
