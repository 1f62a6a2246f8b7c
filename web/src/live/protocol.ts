// The frames of subprotocol vss.live.1, and what the shared worker and its tabs say to each other. Pure.

export const subprotocol = 'vss.live.1';

/** Everything a topic carries has an id; a later item of the same id replaces the earlier one whole. */
export interface Item {
  id: string;
}

export type ServerFrame =
  | { t: 'welcome'; server: string; run: string; now: string }
  | { t: 'snap'; topic: string; seq: number; items: Item[] }
  | { t: 'delta'; topic: string; seq: number; items: Item[]; gone: string[] }
  | { t: 'refused'; topic: string; permission: string }
  | { t: 'stale'; topic: string; since: string }
  | { t: 'beat'; now: string }
  | { t: 'end'; why: string };

export type ClientFrame = { t: 'hello'; ticket: string } | { t: 'sub'; topic: string } | { t: 'unsub'; topic: string };

/**
 * connecting: no data yet, or again; live: frames arrive; ended: the session is over, nothing is tried until somebody signs in;
 * forbidden: this person may not open the socket at all.
 */
export type LineState = 'connecting' | 'live' | 'ended' | 'forbidden';

export interface LineStatus {
  state: LineState;
  /** When the last frame came, by this machine's clock; 0: never. */
  heard: number;
  /** The server's clock minus ours, in milliseconds. */
  skew: number;
}

export type News =
  | { k: 'status'; status: LineStatus }
  | { k: 'snap'; topic: string; items: Item[] }
  | { k: 'delta'; topic: string; items: Item[]; gone: string[] }
  | { k: 'refused'; topic: string; permission: string }
  /** The topic's source has been silent since then, by this machine's clock; the next snapshot ends it. */
  | { k: 'stale'; topic: string; since: number }
  | { k: 'rights' };

/** wake: somebody signed in; rest: signed out, forget everything; bye: this tab closes. */
export type Wish = { k: 'sub'; topic: string } | { k: 'unsub'; topic: string } | { k: 'wake' } | { k: 'rest' } | { k: 'bye' } | { k: 'tab'; lock: string };

const isItems = (value: unknown): value is Item[] =>
  Array.isArray(value) && value.every((one) => typeof one === 'object' && one !== null && typeof (one as Item).id === 'string');
const isStrings = (value: unknown): value is string[] => Array.isArray(value) && value.every((one) => typeof one === 'string');

/** A frame of the server, or null for what is none: an unknown frame is skipped, a broken one must not break the page. */
export function parseFrame(text: string): ServerFrame | null {
  let f: Record<string, unknown>;
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null) return null;
    f = value as Record<string, unknown>;
  } catch {
    return null;
  }
  const topic = typeof f['topic'] === 'string' ? f['topic'] : null;
  const seq = Number.isSafeInteger(f['seq']) ? (f['seq'] as number) : null;
  switch (f['t']) {
    case 'welcome':
      return { t: 'welcome', server: String(f['server'] ?? ''), run: String(f['run'] ?? ''), now: String(f['now'] ?? '') };
    case 'snap':
      return topic !== null && seq !== null && isItems(f['items']) ? { t: 'snap', topic, seq, items: f['items'] } : null;
    case 'delta': {
      const items = f['items'] ?? [];
      const gone = f['gone'] ?? [];
      return topic !== null && seq !== null && isItems(items) && isStrings(gone) ? { t: 'delta', topic, seq, items, gone } : null;
    }
    case 'refused':
      return topic !== null ? { t: 'refused', topic, permission: String(f['permission'] ?? '') } : null;
    case 'stale':
      return topic !== null ? { t: 'stale', topic, since: String(f['since'] ?? '') } : null;
    case 'beat':
      return { t: 'beat', now: String(f['now'] ?? '') };
    case 'end':
      return { t: 'end', why: String(f['why'] ?? '') };
    default:
      return null;
  }
}
