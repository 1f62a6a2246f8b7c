// Joins many tabs to one line: a topic is asked for once, however many tabs look at it, and a tab that comes late gets the picture
// at once. Lives in the shared worker, or in the tab itself where there is none.
import { Line, type Surroundings } from './line.ts';
import type { Item, News, Wish } from './protocol.ts';

type Tell = (news: News) => void;
interface Picture {
  items: Map<string, Item> | null; // null: no snapshot yet
  refused: string | null;
  stale: number | null; // the source's silence began then
  leave: (() => void) | null; // cancels the parting when nobody listens any more
}

const linger = 5_000; // a change of pages is no reason to subscribe anew

export class Exchange {
  #line: Line;
  #around: Surroundings;
  #tabs = new Map<Tell, Set<string>>();
  #topics = new Map<string, Picture>();

  constructor(around: Surroundings) {
    this.#around = around;
    this.#line = new Line(around, (news) => this.#hear(news));
  }

  join(tell: Tell): void {
    this.#tabs.set(tell, new Set());
    tell({ k: 'status', status: this.#line.status });
  }

  part(tell: Tell): void {
    const topics = this.#tabs.get(tell);
    this.#tabs.delete(tell);
    for (const topic of topics ?? []) this.#unwanted(topic);
    if (this.#tabs.size === 0) this.#forget('connecting');
  }

  wish(tell: Tell, wish: Wish): void {
    switch (wish.k) {
      case 'sub':
        this.#want(tell, wish.topic);
        break;
      case 'unsub':
        if (this.#tabs.get(tell)?.delete(wish.topic)) this.#unwanted(wish.topic);
        break;
      case 'wake':
        this.#line.start();
        break;
      case 'rest':
        this.#forget('ended');
        break;
      case 'bye':
        this.part(tell);
        break;
      case 'tab':
        break; // for the worker's door
    }
  }

  #want(tell: Tell, topic: string): void {
    this.#tabs.get(tell)?.add(topic);
    const known = this.#topics.get(topic);
    if (!known) {
      this.#topics.set(topic, { items: null, refused: null, stale: null, leave: null });
      this.#line.subscribe(topic);
      return;
    }
    known.leave?.();
    known.leave = null;
    if (known.items) tell({ k: 'snap', topic, items: [...known.items.values()] });
    if (known.stale !== null) tell({ k: 'stale', topic, since: known.stale });
    if (known.refused !== null) tell({ k: 'refused', topic, permission: known.refused });
  }

  #unwanted(topic: string): void {
    const picture = this.#topics.get(topic);
    if (!picture || [...this.#tabs.values()].some((topics) => topics.has(topic))) return;
    picture.leave?.();
    picture.leave = this.#around.after(linger, () => {
      this.#topics.delete(topic);
      this.#line.unsubscribe(topic);
    });
  }

  #forget(state: 'connecting' | 'ended'): void {
    this.#line.stop(state);
    for (const picture of this.#topics.values()) {
      picture.items = null;
      picture.refused = null;
      picture.stale = null;
    }
  }

  #hear(news: News): void {
    if (news.k === 'status' || news.k === 'rights') {
      for (const tell of this.#tabs.keys()) tell(news);
      return;
    }
    const picture = this.#topics.get(news.topic);
    if (!picture) return;
    if (news.k === 'snap') {
      picture.items = new Map(news.items.map((item) => [item.id, item]));
      picture.refused = null;
      picture.stale = null;
    } else if (news.k === 'refused') {
      picture.items = null;
      picture.refused = news.permission;
      picture.stale = null;
    } else if (news.k === 'stale') {
      picture.stale = news.since;
    } else {
      for (const item of news.items) picture.items?.set(item.id, item);
      for (const id of news.gone) picture.items?.delete(id);
    }
    for (const [tell, topics] of this.#tabs) if (topics.has(news.topic)) tell(news);
  }
}
