// A tab's picture of one topic. News is gathered and shown at most once per frame; until then the last value of an id wins, so what
// waits is never more than the topic itself.
import type { Item, News } from './protocol.ts';

export interface TopicView<T extends Item = Item> {
  /** null: no snapshot has come yet. */
  items: readonly T[] | null;
  byId: ReadonlyMap<string, T>;
  /** The permission that is missing, or null. */
  refused: string | null;
}

export const emptyView: TopicView = { items: null, byId: new Map(), refused: null };

export class TopicStore {
  #view: TopicView = emptyView;
  #base: Map<string, Item> | null = null; // a snapshot that waits for the frame
  #changes = new Map<string, Item | null>();
  #waiting = false;
  #listeners = new Set<() => void>();
  #nextFrame: (draw: () => void) => void;

  constructor(nextFrame: (draw: () => void) => void) {
    this.#nextFrame = nextFrame;
  }

  readonly view = (): TopicView => this.#view;

  readonly listen = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  hear(news: Exclude<Extract<News, { topic: string }>, { k: 'stale' }>): void {
    if (news.k === 'snap') {
      this.#base = new Map(news.items.map((item) => [item.id, item]));
      this.#changes.clear();
    } else if (news.k === 'delta') {
      for (const item of news.items) this.#changes.set(item.id, item);
      for (const id of news.gone) this.#changes.set(id, null);
    } else {
      this.#base = null;
      this.#changes.clear();
      this.#show({ items: null, byId: new Map(), refused: news.permission });
      return;
    }
    if (this.#waiting) return;
    this.#waiting = true;
    this.#nextFrame(() => this.#draw());
  }

  forget(): void {
    this.#base = null;
    this.#changes.clear();
    this.#show(emptyView);
  }

  #draw(): void {
    this.#waiting = false;
    if (!this.#base && this.#changes.size === 0) return;
    const byId = this.#base ?? new Map(this.#view.byId);
    for (const [id, item] of this.#changes) {
      if (item) byId.set(id, item);
      else byId.delete(id);
    }
    this.#base = null;
    this.#changes.clear();
    this.#show({ items: [...byId.values()], byId, refused: null });
  }

  #show(view: TopicView): void {
    this.#view = view;
    for (const listener of this.#listeners) listener();
  }
}
