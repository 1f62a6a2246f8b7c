// A private edge for its tests: Kamailio alone, in a folder and on ports of its own, with tables written by hand (no database).
// The test itself plays Asterisk, the carriers, the slots and the control plane.
import { execFileSync, spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { chownSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, open_peer, parse, sdp, sleep, token } from './sip.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '../../..');
export const md5 = (text) => createHash('md5').update(text).digest('hex');
export const sha256 = (text) => createHash('sha256').update(text).digest('hex');
const ip = { edge: '127.0.0.1', media: '127.0.0.2', carrier: '127.0.0.5', second: '127.0.0.6' };

export function trunk_rows(trunks) {
  const rows = {};
  for (const [id, t] of Object.entries(trunks)) {
    const all = { uri: `sip:${t.ip}:${t.port}${t.transport ? `;transport=${t.transport}` : ''}`, domain: `${t.ip}:${t.port}`, cps: 100, channels: 100, strip: 0, inbound_prefix: '+', from_domain: 'vss.local', identity: 'pai', side: id, probe: 'no' };
    for (const [name, value] of Object.entries({ ...all, ...t.fields })) rows[`${id}:${name}`] = value;
  }
  return rows;
}

/** Starts the edge; everything in it can be reached through the returned object. `stop()` ends it and removes its folder. */
export async function start_edge({ base = Number(process.env.VSS_PORT_BASE ?? 42900) + 100, guard = process.env.VSS_GUARD } = {}) {
  const state = mkdtempSync(join(tmpdir(), 'edge-'));
  const port = { sip: base + 60, evapi: base + 61, http: base + 62, media: base + 70, carrier: base + 85, second: base + 86 };
  for (const folder of ['secrets', 'run', 'log', 'kamailio', 'build']) mkdirSync(join(state, folder), { recursive: true, mode: 0o700 });
  for (const name of ['dnc_key', 'edge_key', 'pg_kamailio_password', 'ari_password', 'kek', 'index_key', 'amqp_password']) writeFileSync(join(state, 'secrets', name), randomBytes(32).toString('hex'), { mode: 0o600 });
  if (guard && existsSync(guard)) cpSync(guard, join(state, 'build/vss-guard'));
  const secret = (name) => readFileSync(join(state, 'secrets', name), 'utf8');
  const env = { ...process.env, VSS_HOME: root, VSS_VAR: state, VSS_PORT_BASE: String(base), VSS_BUILD: join(state, 'build') };
  // root's engines run as the user vss: what they read must be that user's
  const owner = process.getuid() === 0 ? ['-u', '-g'].map((f) => Number(execFileSync('id', [f, 'vss']))) : null;
  const own = (path) => { if (owner) chownSync(path, ...owner); };
  const own_all = () => { own(state); for (const e of readdirSync(state, { recursive: true })) own(join(state, e)); };
  for (const name of Object.keys(env)) if (/^PORT_|^VSS_(APP|BIN|GUARD|DB)$/.test(name)) delete env[name];
  const edge = { ip: ip.edge, port: port.sip, state, ports: port, address: ip, realm: 'vss.local', secret, tables: {} };

  const write_all = () => {
    const lines = Object.entries(edge.tables).flatMap(([name, pairs]) => Object.entries(pairs).map(([k, v]) => `${name}\t${k}\t${v}`));
    lines.push(...edge.registrations.map((r) => ['uacreg', `trunk${r.id}`, 'edge', 'vss.local', r.user, r.host, r.realm, r.user, '.', r.ha1, `sip:${r.host}:${r.port}`, r.expires, 0, 0, `${ip.edge}:${port.sip}`, `udp:${ip.edge}:${port.sip}`].join('\t')));
    lines.push(`dispatcher\t1 sip:${ip.media}:${port.media} 0 0`);
    const changed = execFileSync(join(root, 'engines/kamailio/tables'), [join(state, 'kamailio')], { input: `${lines.join('\n')}\n` }).toString().split('\n').filter(Boolean);
    for (const file of ['tables.sqlite', 'dispatcher.list']) own(join(state, 'kamailio', file));
    return changed;
  };
  edge.registrations = [];
  edge.write = (name, pairs) => { edge.tables[name] = pairs; return edge.made ? write_all() : []; };
  edge.write_registrations = (rows) => { edge.registrations = rows; return write_all(); };
  edge.rpc = async (method, ...params) => {
    const r = await fetch(`http://127.0.0.1:${port.http}/RPC`, { method: 'POST', headers: { authorization: `Bearer ${secret('edge_key')}` }, body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }) });
    return (await r.json()).result;
  };
  edge.reload = (name) => edge.rpc('htable.reload', name);
  edge.dnc_hash = (number) => sha256(`${secret('dnc_key')}:${number}`);

  const numbers = ['7001', '7002', '7003', '6001'];
  edge.write('cred', Object.fromEntries(numbers.map((n) => [n, md5(`${n}:vss.local:pw${n}`)])));
  edge.write('did', { '+15550000001': 'slot:7001', '+15550000002': 'service:1001' });
  edge.write('peer', { [ip.carrier]: 15, [`${ip.second}:${port.second}`]: 16, [`${ip.second}:${port.second + 1}`]: 19 });
  edge.write('trunk', trunk_rows({
    15: { ip: ip.carrier, port: port.carrier }, 16: { ip: ip.second, port: port.second, fields: { identity: 'rpid', strip: 1, prefix: '810' } },
    17: { ip: ip.carrier, port: port.carrier, fields: { cps: 5, channels: 100, side: 15 } }, 18: { ip: ip.carrier, port: port.carrier, fields: { channels: 3, side: 15 } },
    19: { ip: ip.second, port: port.second + 1, transport: 'tcp' }, 20: { ip: ip.carrier, port: port.carrier, fields: { side: 15, auth_user: 'acct', auth_realm: 'carrier', auth_ha1: md5('acct:carrier:secret'), from_user: 'acct' } },
  }));
  edge.write('dnc', { [edge.dnc_hash('+12125550666')]: 1 });
  edge.made = true;
  write_all();
  own_all();

  const boot = async () => {
    edge.process = spawn(join(root, 'engines/run'), ['kamailio'], { env, cwd: '/', stdio: 'ignore', detached: true });
    for (let n = 0; n < 100; n++) { await sleep(100); if (await edge.rpc('core.uptime').catch(() => null)) return; }
    throw new Error(`the edge does not start: ${readFileSync(join(state, 'log/kamailio.log'), 'utf8').slice(-600)}`);
  };
  edge.pid = () => Number(readFileSync(join(state, 'run/kamailio.pid'), 'utf8'));
  edge.kill = async () => { process.kill(edge.pid(), 'SIGKILL'); await sleep(300); };
  edge.restart = async () => { await edge.kill(); await boot(); };
  edge.log = () => readFileSync(join(state, 'log/kamailio.log'), 'utf8');
  edge.stop = async () => { try { process.kill(edge.pid(), 'SIGTERM'); } catch { /* gone already */ } await sleep(400); rmSync(state, { recursive: true, force: true }); };
  await boot();
  return edge;
}

/** A carrier over TCP that answers every INVITE with 200; `heard` as with open_peer. */
export async function tcp_carrier(edge) {
  const peer = { ip: edge.address.second, port: edge.ports.second + 1, heard: [] };
  peer.server = createServer((socket) => {
    let rest = '';
    socket.on('error', () => {});
    socket.on('data', (d) => {
      rest += d.toString('latin1');
      for (;;) {
        const end = rest.indexOf('\r\n\r\n');
        if (end < 0) return;
        const length = Number(/content-length: *(\d+)/i.exec(rest.slice(0, end))?.[1] ?? 0);
        if (rest.length < end + 4 + length) return;
        const m = { ...parse(rest.slice(0, end + 4 + length)), from: {} };
        rest = rest.slice(end + 4 + length);
        peer.heard.push(m);
        const out = { ...peer, send: (text) => socket.write(text, 'latin1') };
        if (m.method === 'INVITE') { reply_to(out, m, 180); reply_to(out, m, 200, { body: sdp(peer.ip, 41000), transport: 'tcp' }); } else if (m.method && m.method !== 'ACK') reply_to(out, m, 200, { contact: false });
      }
    });
  });
  await new Promise((done) => peer.server.listen(peer.port, peer.ip, done));
  peer.close = () => peer.server.close();
  return peer;
}

/** The control plane as the test wants it: `on(event)` may return the answer to a route. */
export async function control_plane(edge, { epoch = 1, key = edge.secret('edge_key'), decide = () => null, beat = true } = {}) {
  const socket = connect(edge.ports.evapi, '127.0.0.1');
  await new Promise((done, fail) => { socket.once('connect', done); socket.once('error', fail); });
  const plane = { events: [], bad: 0, socket, decide };
  plane.say = (o) => { const j = typeof o === 'string' ? o : JSON.stringify(o); socket.write(`${Buffer.byteLength(j)}:${j},`); };
  let rest = '';
  socket.on('data', (d) => {
    rest += d.toString('utf8');
    for (;;) {
      const colon = rest.indexOf(':');
      if (colon < 0) return;
      const length = Number(rest.slice(0, colon));
      if (!(length >= 0)) { plane.bad++; rest = ''; return; }
      if (rest.length < colon + length + 2) return;
      let event = null;
      try { event = JSON.parse(rest.slice(colon + 1, colon + 1 + length)); } catch { plane.bad++; }
      rest = rest.slice(colon + length + 2);
      if (!event) continue;
      plane.events.push(event);
      if (event.ev === 'route') { const a = plane.decide(event); if (a) plane.say({ cmd: 'route', idx: event.idx, lbl: event.lbl, ...a }); }
    }
  });
  socket.on('error', () => {});
  plane.say({ cmd: 'hello', key, epoch });
  const timer = beat ? setInterval(() => plane.say({ cmd: 'hb' }), 1000) : null;
  plane.close = () => { clearInterval(timer); socket.destroy(); };
  plane.of = (ev) => plane.events.filter((e) => e.ev === ev);
  await sleep(150);
  return plane;
}

/** Asterisk, as far as the edge can tell: its address and port, its words. */
export async function media(edge) {
  const peer = await open_peer(edge.address.media, edge.ports.media);
  peer.handlers.add((m) => { if (m.method === 'OPTIONS') reply_to(peer, m, 200); });
  /** One lead call; resolves to { status, branch of replies, dialog } when it has a final answer. */
  peer.lead = (number, permit, extra = [], ms = 4000) => peer.call(`sip:${number}@${edge.ip}:${edge.port}`, [`X-VSS-Permit: ${permit}`, ...extra], ms);
  peer.call = async (uri, extra, ms = 4000) => {
    const asked = { method: 'INVITE', uri, from: 'sip:+15558880001@vss.local', callid: token(), ftag: token(4), branch: `z9hG4bK${token()}`, extra, body: sdp(peer.ip, 40000) };
    const mine = (m) => m.status && m.header('Call-ID') === asked.callid && m.header('CSeq').endsWith('INVITE');
    await peer.send(build(peer, asked), edge);
    for (const until = Date.now() + ms; Date.now() < until; await sleep(5)) {
      const final = peer.heard.find((m) => mine(m) && m.status >= 200);
      if (!final) continue;
      const ttag = /tag=([^;>\s]+)/.exec(final.header('To'))?.[1] ?? '';
      const routes = final.all('Record-Route').map((r) => `Route: ${r}`).reverse();
      const target = /<([^>]+)>/.exec(final.header('Contact'))?.[1] ?? uri;
      const dialog = { ...asked, ttag, routes, target, replies: peer.heard.filter(mine) };
      if (final.status >= 300) await peer.send(build(peer, { ...asked, method: 'ACK', ttag, extra: [], body: '' }), edge);
      else await peer.send(build(peer, { ...asked, method: 'ACK', uri: target, ttag, branch: undefined, extra: routes, body: '' }), edge);
      return { status: final.status, dialog };
    }
    return { status: null, dialog: asked };
  };
  peer.within = (d, method, cseq = 2, extra = []) => build(peer, { ...d, method, uri: d.target, cseq, branch: `z9hG4bK${token()}`, extra: [...d.routes, ...extra], body: '' });
  return peer;
}

export function reply_to(peer, m, status, { body = '', tag = 'w', contact = true, transport = '', extra = [] } = {}) {
  const lines = [`SIP/2.0 ${status} x`, ...m.all('Via').map((v) => `Via: ${v}`), ...m.all('Record-Route').map((v) => `Record-Route: ${v}`), `From: ${m.header('From')}`, `To: ${m.header('To')}${/tag=/.test(m.header('To')) ? '' : `;tag=${tag}`}`,
    `Call-ID: ${m.header('Call-ID')}`, `CSeq: ${m.header('CSeq')}`, ...(contact ? [`Contact: <sip:c@${peer.ip}:${peer.port}${transport ? `;transport=${transport}` : ''}>`] : []), ...extra, ...(body ? ['Content-Type: application/sdp'] : []), `Content-Length: ${body.length}`, '', body];
  return peer.send(lines.join('\r\n'), { ip: m.from.address, port: m.from.port });
}

/** A carrier that answers every new INVITE with what `answer(message)` says: a status, [statuses], or null for silence. */
export async function carrier(edge, which = 'carrier', answer = () => [180, 200]) {
  const peer = await open_peer(edge.address[which], edge.ports[which]);
  peer.answer = answer;
  const seen = new Map();
  peer.invites = [];
  peer.handlers.add(async (m) => {
    if (m.method === 'OPTIONS') return reply_to(peer, m, 200);
    if (m.method === 'BYE' || m.method === 'INFO') return reply_to(peer, m, 200, { contact: false });
    if (m.method === 'CANCEL') { await reply_to(peer, m, 200, { contact: false }); const i = peer.invites.find((x) => x.header('Call-ID') === m.header('Call-ID')); if (i && peer.cancels !== false) reply_to(peer, i, 487, { contact: false }); return undefined; }
    if (m.method !== 'INVITE') return peer.other?.(m);
    const key = m.header('Call-ID') + m.header('CSeq');
    if (seen.has(key)) return undefined;
    seen.set(key, Date.now());
    peer.invites.push(Object.assign(m, { at: performance.now() }));
    // two replies in one instant may overtake each other in the network; a carrier's never come so close
    for (const [i, status] of [].concat(peer.answer(m) ?? []).entries()) {
      if (i) await sleep(20);
      await reply_to(peer, m, status, { body: status === 200 ? sdp(peer.ip, 41000) : '', tag: `k${key.length}${seen.size}` });
    }
    return undefined;
  });
  return peer;
}
