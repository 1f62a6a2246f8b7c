// A tab's end of the live data: talks to the shared worker, or to an exchange of its own where the browser has none.
import { Exchange } from './exchange.ts';
import type { LineStatus, News, Wish } from './protocol.ts';
import { browser } from './surroundings.ts';
import { TopicStore } from './topic-store.ts';

export type Door = (hear: (news: News) => void) => (wish: Wish) => void;

export const sharedDoor: Door = (hear) => {
  if (typeof SharedWorker === 'undefined') {
    const exchange = new Exchange(browser);
    exchange.join(hear);
    return (wish) => exchange.wish(hear, wish);
  }
  const worker = new SharedWorker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'vss-live' });
  worker.port.addEventListener('message', (event: MessageEvent<News>) => hear(event.data));
  worker.port.start();
  const say = (wish: Wish) => worker.port.postMessage(wish);
  const lock = `vss-tab-${crypto.getRandomValues(new Uint32Array(3)).join('-')}`;
  if (navigator.locks) {
    void navigator.locks.request(lock, () => {
      say({ k: 'tab', lock });
      return new Promise(() => undefined); // held until the tab is gone
    });
  } else {
    addEventListener('pagehide', (event) => {
      if (!event.persisted) say({ k: 'bye' });
    });
  }
  return say;
};

export class LiveClient {
  #say: ((wish: Wish) => void) | null = null;
  #door: Door;
  #nextFrame: (draw: () => void) => void;
  #stores = new Map<string, TopicStore>();
  #wanted = new Map<string, number>();
  #silent = new Map<string, number>();
  #status: LineStatus = { state: 'connecting', heard: 0, skew: 0 };
  #listeners = new Set<() => void>();
  onRights: () => void = () => undefined;
  onEnded: () => void = () => undefined;

  constructor(door: Door = sharedDoor, nextFrame: (draw: () => void) => void = (draw) => void requestAnimationFrame(draw)) {
    this.#door = door;
    this.#nextFrame = nextFrame;
  }

  readonly status = (): LineStatus => this.#status;

  readonly onStatus = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  store(topic: string): TopicStore {
    let store = this.#stores.get(topic);
    if (!store) this.#stores.set(topic, (store = new TopicStore(this.#nextFrame)));
    return store;
  }

  /** Since when the most silent source of what this tab looks at is silent, by this machine's clock; 0: all of them answer. */
  readonly silence = (): number => (this.#silent.size === 0 ? 0 : Math.min(...this.#silent.values()));

  /** Keeps the topic coming until the answer is called. */
  want(topic: string): () => void {
    const count = this.#wanted.get(topic) ?? 0;
    this.#wanted.set(topic, count + 1);
    if (count === 0) this.#wish({ k: 'sub', topic });
    return () => {
      const left = (this.#wanted.get(topic) ?? 1) - 1;
      this.#wanted.set(topic, left);
      if (left > 0) return;
      this.#wish({ k: 'unsub', topic });
      this.#heardFrom(topic);
    };
  }

  wake(): void {
    this.#wish({ k: 'wake' });
  }

  /** Signed out: nothing of what was seen stays. */
  rest(): void {
    for (const store of this.#stores.values()) store.forget();
    this.#silent.clear();
    if (this.#say) this.#say({ k: 'rest' });
  }

  #wish(wish: Wish): void {
    this.#say ??= this.#door((news) => this.#hear(news));
    this.#say(wish);
  }

  #heardFrom(topic: string): void {
    if (this.#silent.delete(topic)) this.#tellStatus();
  }

  #tellStatus(): void {
    for (const listener of this.#listeners) listener();
  }

  #hear(news: News): void {
    if (news.k === 'rights') {
      this.onRights();
    } else if (news.k === 'status') {
      const ended = news.status.state === 'ended' && this.#status.state !== 'ended';
      this.#status = news.status;
      this.#tellStatus();
      if (ended) this.onEnded();
    } else if (news.k === 'stale') {
      this.#silent.set(news.topic, news.since);
      this.#tellStatus();
    } else {
      if (news.k !== 'delta') this.#heardFrom(news.topic);
      this.store(news.topic).hear(news);
    }
  }
}

export const live = new LiveClient();
