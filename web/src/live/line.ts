// One socket to the server: ticket, hello, subscriptions, gaps, silence, and coming back. Knows no browser: all it touches is handed in.
import { type ClientFrame, type LineState, type LineStatus, type News, parseFrame, subprotocol } from './protocol.ts';

export interface Socket {
  send(text: string): void;
  close(): void;
  onopen: (() => void) | null;
  onmessage: ((text: string) => void) | null;
  onclose: ((code: number) => void) | null;
}

export interface Surroundings {
  socket(protocol: string): Socket;
  /** A single-use ticket; 401 and 403 as a refusal, everything else thrown. */
  ticket(): Promise<{ ticket: string } | { refused: 'session' | 'permission' }>;
  now(): number;
  random(): number;
  /** Runs `what` once, later; the answer cancels it. */
  after(ms: number, what: () => void): () => void;
}

const silence = 12_000; // two beats and a bit: the line is dead
const patience = 10_000; // for the welcome
const firstPause = 500;
const longestPause = 15_000;

type Topic = { seq: number | null; refused: boolean };

export class Line {
  #around: Surroundings;
  #tell: (news: News) => void;
  #socket: Socket | null = null;
  #topics = new Map<string, Topic>();
  #status: LineStatus = { state: 'connecting', heard: 0, skew: 0 };
  #running = false;
  #tries = 0;
  #stopTimer: (() => void) | null = null;
  #attempt = 0; // an answer to an older attempt counts no more

  constructor(around: Surroundings, tell: (news: News) => void) {
    this.#around = around;
    this.#tell = tell;
  }

  get status(): LineStatus {
    return this.#status;
  }

  start(): void {
    if (this.#running) return;
    this.#running = true;
    this.#tries = 0;
    void this.#connect();
  }

  stop(state: LineState = 'connecting'): void {
    this.#running = false;
    this.#drop();
    this.#become(state);
  }

  subscribe(topic: string): void {
    if (this.#topics.has(topic)) return;
    this.#topics.set(topic, { seq: null, refused: false });
    if (this.#status.state === 'live') this.#say({ t: 'sub', topic });
  }

  unsubscribe(topic: string): void {
    if (this.#topics.delete(topic) && this.#status.state === 'live') this.#say({ t: 'unsub', topic });
  }

  async #connect(): Promise<void> {
    const attempt = ++this.#attempt;
    this.#become('connecting');
    let answer;
    try {
      answer = await this.#around.ticket();
    } catch {
      if (attempt === this.#attempt) this.#later();
      return;
    }
    if (attempt !== this.#attempt || !this.#running) return;
    if ('refused' in answer) {
      this.stop(answer.refused === 'session' ? 'ended' : 'forbidden');
      return;
    }
    const { ticket } = answer;
    const socket = this.#around.socket(subprotocol);
    this.#socket = socket;
    this.#timer(patience, () => this.#lost(0));
    socket.onopen = () => this.#say({ t: 'hello', ticket });
    socket.onmessage = (text) => this.#hear(text);
    socket.onclose = (code) => this.#lost(code);
  }

  #hear(text: string): void {
    const frame = parseFrame(text);
    this.#status = { ...this.#status, heard: this.#around.now() };
    if (this.#status.state === 'live') this.#timer(silence, () => this.#lost(0));
    if (!frame) return;
    switch (frame.t) {
      case 'welcome':
        this.#clock(frame.now);
        this.#become('live');
        this.#timer(silence, () => this.#lost(0));
        for (const [topic, state] of this.#topics) {
          state.seq = null;
          state.refused = false;
          this.#say({ t: 'sub', topic });
        }
        break;
      case 'snap': {
        const topic = this.#topics.get(frame.topic);
        if (!topic) break;
        topic.seq = frame.seq;
        topic.refused = false;
        this.#tell({ k: 'snap', topic: frame.topic, items: frame.items });
        break;
      }
      case 'delta': {
        const topic = this.#topics.get(frame.topic);
        if (!topic || topic.seq === null || frame.seq <= topic.seq) break; // waiting for a snapshot, or heard before
        if (frame.seq !== topic.seq + 1) {
          topic.seq = null;
          this.#say({ t: 'sub', topic: frame.topic });
          break;
        }
        topic.seq = frame.seq;
        this.#tell({ k: 'delta', topic: frame.topic, items: frame.items, gone: frame.gone });
        break;
      }
      case 'refused': {
        const topic = this.#topics.get(frame.topic);
        if (!topic) break;
        topic.seq = null;
        topic.refused = true;
        this.#tell({ k: 'refused', topic: frame.topic, permission: frame.permission });
        break;
      }
      case 'stale': {
        const since = Date.parse(frame.since) - this.#status.skew;
        if (this.#topics.has(frame.topic)) this.#tell({ k: 'stale', topic: frame.topic, since: Number.isNaN(since) ? this.#around.now() : since });
        break;
      }
      case 'beat':
        this.#tries = 0;
        this.#clock(frame.now);
        this.#tell({ k: 'status', status: this.#status });
        break;
      case 'end':
        if (frame.why === 'rights') {
          this.#tell({ k: 'rights' });
          // What was refused may be allowed now, and the other way round.
          for (const [topic, state] of this.#topics) if (state.refused) this.#say({ t: 'sub', topic });
        } else {
          this.stop('ended');
        }
        break;
    }
  }

  #lost(code: number): void {
    this.#drop();
    if (!this.#running) return;
    this.#become('connecting');
    if (code === 4001) this.#tell({ k: 'rights' }); // the ticket will say whether the session lives
    this.#later();
  }

  #later(): void {
    const pause = Math.min(longestPause, firstPause * 2 ** this.#tries++);
    this.#timer(pause * (0.5 + this.#around.random() / 2), () => void this.#connect());
  }

  #drop(): void {
    this.#attempt++;
    this.#stopTimer?.();
    this.#stopTimer = null;
    const socket = this.#socket;
    this.#socket = null;
    if (!socket) return;
    socket.onopen = null;
    socket.onmessage = null;
    socket.onclose = null;
    socket.close();
  }

  #timer(ms: number, what: () => void): void {
    this.#stopTimer?.();
    this.#stopTimer = this.#around.after(ms, what);
  }

  #say(frame: ClientFrame): void {
    this.#socket?.send(JSON.stringify(frame));
  }

  #clock(now: string): void {
    const theirs = Date.parse(now);
    if (!Number.isNaN(theirs)) this.#status = { ...this.#status, skew: theirs - this.#around.now() };
  }

  #become(state: LineState): void {
    const changed = this.#status.state !== state;
    this.#status = { ...this.#status, state };
    if (changed || state === 'live') this.#tell({ k: 'status', status: this.#status });
  }
}
