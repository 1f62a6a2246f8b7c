// The shared worker: one line for all tabs of this browser. A tab holds a lock of its own name while it lives; getting that lock
// here means the tab is gone, also when it crashed.
import { Exchange } from './exchange.ts';
import type { News, Wish } from './protocol.ts';
import { browser } from './surroundings.ts';

const exchange = new Exchange(browser);

function serve(port: MessagePort): void {
  const tell = (news: News) => port.postMessage(news);
  exchange.join(tell);
  port.addEventListener('message', (event: MessageEvent<Wish>) => {
    const wish = event.data;
    if (wish.k === 'tab') void navigator.locks?.request(wish.lock, () => exchange.part(tell));
    else exchange.wish(tell, wish);
  });
  port.start();
}

self.addEventListener('connect', (event) => {
  const [port] = (event as MessageEvent).ports;
  if (port) serve(port);
});
