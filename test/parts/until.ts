// Waiting for a condition instead of for the clock.
import { setTimeout as tick } from 'node:timers/promises';

/** Asks again every `every` ms until `ask` answers something truthy; fails with `what` after `limit` ms. */
export async function until<T>(what: string, ask: () => Promise<T> | T, limit = 20_000, every = 100): Promise<NonNullable<T>> {
  const end = Date.now() + limit;
  let last: unknown;
  for (;;) {
    try {
      const answer = await ask();
      if (answer) return answer as NonNullable<T>;
      last = answer;
    } catch (e) {
      last = e;
    }
    if (Date.now() > end) throw new Error(`${what}: not within ${limit} ms; last seen: ${last instanceof Error ? last.message : JSON.stringify(last)}`);
    await tick(every);
  }
}
