// The carriers' own books: every call that reached a simulated carrier, as the carrier saw it.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { state } from './stack.ts';

export interface CarrierEvent { at: number; event: string; callId: string; number: string; what: string; carrier: 'a' | 'b' }

export function carrierEvents(since = 0): CarrierEvent[] {
  const out: CarrierEvent[] = [];
  for (const carrier of ['a', 'b'] as const) {
    const file = join(state, `carrier-${carrier}`, 'calls.log');
    if (!existsSync(file)) continue;
    for (const line of readFileSync(file, 'utf8').split('\n')) {
      const [, , at, event, callId, number, what] = line.split('\t');
      if (event && Number(at) * 1000 >= since) out.push({ at: Number(at) * 1000, event, callId: callId!, number: number!, what: what ?? '', carrier });
    }
  }
  return out.sort((x, y) => x.at - y.at);
}

export interface CarrierCall { callId: string; number: string; answered: boolean; events: CarrierEvent[] }

/** Distinct calls (failover of one call to the other carrier is one call). */
export function carrierCalls(since = 0): CarrierCall[] {
  const calls = new Map<string, CarrierCall>();
  for (const e of carrierEvents(since)) {
    const call = calls.get(e.callId) ?? { callId: e.callId, number: e.number, answered: false, events: [] };
    call.events.push(e);
    call.answered ||= e.event === 'answered';
    calls.set(e.callId, call);
  }
  return [...calls.values()].filter((c) => c.events.some((e) => e.event === 'invite'));
}

/** Numbers with more than one distinct call. */
export function doubleDialled(calls: CarrierCall[]): string[] {
  const seen = new Map<string, number>();
  for (const c of calls) seen.set(c.number, (seen.get(c.number) ?? 0) + 1);
  return [...seen].filter(([, n]) => n > 1).map(([number]) => number);
}
