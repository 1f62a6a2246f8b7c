// The yardstick of bench/live: the same protocol, load and items on Node's `ws`, as one would write it by hand.
// node live_node.mjs PORT
import { WebSocketServer } from 'ws';

const items = new Map(Array.from({ length: 500 }, (_, i) => [String(7001 + i), { id: String(7001 + i), kind: 'MF', hub: 'mf-01', hub_id: '0190a000-0000-7000-8000-000000000001', state: 'IDLE', since: new Date().toISOString(), registered: true, epoch: 0, locked: false, drained: false }]));
const states = ['CALLING', 'ACTIVE_CALL', 'POSTCALL', 'IDLE'];
const listeners = new Set();
let seq = 0, n = 0, changed = [];
const server = new WebSocketServer({ host: '127.0.0.1', port: Number(process.argv[2]), perMessageDeflate: false, maxPayload: 4096 }, () => console.log('ready'));
server.on('connection', (socket) => {
  socket.on('error', () => undefined);
  socket.on('close', () => listeners.delete(socket));
  socket.on('message', (data) => {
    const said = JSON.parse(data);
    if (said.t === 'hello') socket.send(JSON.stringify({ t: 'welcome', server: 'node', run: '1', now: new Date().toISOString() }));
    if (said.t !== 'sub') return;
    socket.send(JSON.stringify({ t: 'snap', topic: said.topic, seq, items: [...items.values()] }));
    listeners.add(socket);
  });
});
// ten transitions a second, told on a tick of 50 ms, as ours
setInterval(() => {
  const item = items.get(String(7001 + (n % 500)));
  Object.assign(item, { state: states[Math.floor(n / 500) % 4], since: new Date().toISOString().replace('Z', '000Z'), epoch: n++ });
  changed.push(item);
}, 100);
setInterval(() => {
  if (changed.length === 0) return;
  const frame = JSON.stringify({ t: 'delta', topic: 'slots', seq: ++seq, items: changed, gone: [] });
  changed = [];
  for (const socket of listeners) socket.send(frame);
}, 50);
