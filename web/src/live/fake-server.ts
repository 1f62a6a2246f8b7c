// For tests: a server, its sockets and its time, all by hand.
import type { Socket, Surroundings } from './line.ts';

export class FakeSocket implements Socket {
  sent: Record<string, unknown>[] = [];
  closed = false;
  onopen: (() => void) | null = null;
  onmessage: ((text: string) => void) | null = null;
  onclose: ((code: number) => void) | null = null;
  send(text: string): void {
    this.sent.push(JSON.parse(text) as Record<string, unknown>);
  }
  close(): void {
    this.closed = true;
  }
  say(frame: unknown): void {
    this.onmessage?.(JSON.stringify(frame));
  }
  welcome(run = 'r1'): void {
    this.onopen?.();
    this.say({ t: 'welcome', server: 's', run, now: new Date(0).toISOString() });
  }
}

export class FakeServer implements Surroundings {
  sockets: FakeSocket[] = [];
  answer: { ticket: string } | { refused: 'session' | 'permission' } | 'down' = { ticket: 'T' };
  time = 0;
  #timers: { at: number; what: () => void }[] = [];

  get last(): FakeSocket {
    const socket = this.sockets.at(-1);
    if (!socket) throw new Error('no socket yet');
    return socket;
  }
  socket(): Socket {
    const socket = new FakeSocket();
    this.sockets.push(socket);
    return socket;
  }
  async ticket() {
    if (this.answer === 'down') throw new Error('down');
    return this.answer;
  }
  now(): number {
    return this.time;
  }
  random(): number {
    return 1;
  }
  after(ms: number, what: () => void): () => void {
    const timer = { at: this.time + ms, what };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((one) => one !== timer);
    };
  }
  /** Lets time pass; what falls due runs in order, and promises settle in between. */
  async pass(ms: number): Promise<void> {
    const end = this.time + ms;
    for (;;) {
      await settle();
      const [next] = this.#timers.filter((one) => one.at <= end).toSorted((a, b) => a.at - b.at);
      if (!next) break;
      this.time = Math.max(this.time, next.at);
      this.#timers = this.#timers.filter((one) => one !== next);
      next.what();
    }
    this.time = end;
    await settle();
  }
}

export async function settle(): Promise<void> {
  for (let i = 0; i < 5; i++) await Promise.resolve();
}
