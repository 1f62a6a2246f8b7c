// The browser's side of a line: a real socket, a real ticket, real time. The same in a worker and in a tab.
import type { Socket, Surroundings } from './line.ts';

function open(protocol: string): Socket {
  const url = new URL('/workspace/live', location.origin);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  const real = new WebSocket(url, protocol);
  const out: Socket = {
    onopen: null,
    onmessage: null,
    onclose: null,
    send: (text) => {
      if (real.readyState === WebSocket.OPEN) real.send(text);
    },
    close: () => real.close(),
  };
  real.addEventListener('open', () => out.onopen?.());
  real.addEventListener('message', (event) => {
    if (typeof event.data === 'string') out.onmessage?.(event.data);
  });
  real.addEventListener('close', (event) => out.onclose?.(event.code));
  return out;
}

export const browser: Surroundings = {
  socket: open,
  async ticket() {
    const answer = await fetch('/workspace/tickets', { method: 'POST', credentials: 'same-origin', signal: AbortSignal.timeout(10_000) });
    if (answer.status === 401) return { refused: 'session' };
    if (answer.status === 403) return { refused: 'permission' };
    if (!answer.ok) throw new Error(`no ticket: ${answer.status}`);
    return (await answer.json()) as { ticket: string };
  },
  now: () => Date.now(),
  random: () => Math.random(),
  after(ms, what) {
    const timer = setTimeout(what, ms);
    return () => clearTimeout(timer);
  },
};
