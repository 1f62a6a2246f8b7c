// Every way we know to reach a trunk without a permit, or to speak as somebody else, as functions: each attacks the edge of a
// running stack and returns what it was answered. What must be true after each of them: the watcher (a peer that plays the
// carrier) has heard nothing but OPTIONS.
//   world: { edge: {ip, port}, realm, carrier: {ip, port}, slot: {user, password}, other: {user, password}, number }
import { connect } from 'node:net';
import { answer, ask, ask_as, build, open_peer, parse, sdp, sleep, token } from './sip.mjs';

const edge_uri = (w, user) => `sip:${user}@${w.realm}`;
const self_route = (w) => `<sip:${w.edge.ip}:${w.edge.port};lr>`;
const carrier_route = (w) => `<sip:${w.carrier.ip}:${w.carrier.port};lr>`;
const code = (reply) => reply?.status ?? null;

export const METHODS = ['INVITE', 'BYE', 'UPDATE', 'REFER', 'MESSAGE', 'INFO', 'SUBSCRIBE', 'NOTIFY', 'PRACK', 'OPTIONS', 'PUBLISH', 'ACK'];

/** A peer that plays a carrier and answers OPTIONS; `reached()` is everything else it has heard. */
export async function watcher(at) {
  const peer = await open_peer(at.ip, at.port);
  peer.handlers.add((m) => {
    if (m.method !== 'OPTIONS') return;
    const lines = ['SIP/2.0 200 OK', ...m.all('Via').map((v) => `Via: ${v}`), `From: ${m.header('From')}`, `To: ${m.header('To')};tag=w`, `Call-ID: ${m.header('Call-ID')}`, `CSeq: ${m.header('CSeq')}`, 'Content-Length: 0', '', ''];
    peer.send(lines.join('\r\n'), { ip: m.from.address, port: m.from.port });
  });
  peer.reached = () => peer.heard.filter((m) => m.method && !(m.method === 'OPTIONS' && m.header('From').includes('sip:edge@')));
  return peer;
}

export async function register(w, peer, who = w.slot, contact, expires = 120, extra = []) {
  const uri = `sip:${w.realm}`;
  return ask_as(peer, w.edge, { method: 'REGISTER', uri, to: edge_uri(w, who.user), from: edge_uri(w, who.user), contact: contact ?? `<sip:${who.user}@${peer.ip}:${peer.port}>`, extra: [`Expires: ${expires}`, ...extra] }, who);
}

export async function invite(w, peer, user, { who = w.slot, extra = [], from, uri, contact, plain = false } = {}) {
  const parts = { method: 'INVITE', uri: uri ?? edge_uri(w, user), from: from ?? edge_uri(w, who.user), extra, contact, body: sdp(peer.ip, 40000) };
  return plain ? ask(peer, w.edge, parts) : ask_as(peer, w.edge, parts, who);
}

// ---- requests inside a dialog that nobody has (hole 1)

/** Every method with an invented To tag and a Route through the edge to the carrier; the seal is absent, invented or borrowed. */
export async function in_dialog(w, peer, seal = '') {
  const answers = {};
  const top = seal ? `<sip:${w.edge.ip}:${w.edge.port};lr;vs=${seal}>` : self_route(w);
  for (const method of METHODS) {
    const extra = [`Route: ${top},${carrier_route(w)}`];
    if (method === 'PRACK') extra.push('RAck: 1 1 INVITE');
    if (method === 'REFER') extra.push(`Refer-To: <sip:${w.number}@${w.realm}>`);
    const uri = `sip:${w.number}@${w.carrier.ip}:${w.carrier.port}`;
    answers[method] = code(await ask(peer, w.edge, { method, uri, from: edge_uri(w, w.slot.user), ttag: token(4), extra, body: method === 'INVITE' ? sdp(peer.ip, 40000) : '' }, 700));
  }
  return answers;
}

/** The same without a carrier in the Route: the R-URI alone names it, and once the strict-routing way round. */
export async function in_dialog_by_uri(w, peer) {
  const uri = `sip:${w.number}@${w.carrier.ip}:${w.carrier.port}`;
  const common = { from: edge_uri(w, w.slot.user), body: sdp(peer.ip, 40000), ttag: token(4) };
  const loose = await ask(peer, w.edge, { method: 'INVITE', uri, extra: [`Route: ${self_route(w)}`], ...common }, 700);
  const strict = await ask(peer, w.edge, { method: 'INVITE', uri: `sip:${w.edge.ip}:${w.edge.port}`, extra: [`Route: <${uri}>`], ...common }, 700);
  const bare = await ask(peer, w.edge, { method: 'INVITE', uri, ...common }, 700);
  return [code(loose), code(strict), code(bare)];
}

// ---- contacts (hole 2)

/** Contacts that must never be registered; each is tried and then one's own number is called. */
export async function contacts(w, peer) {
  const at = `${peer.ip}:${peer.port}`, trunk = `${w.carrier.ip}:${w.carrier.port}`, u = w.slot.user;
  const bad = {
    carrier: `<sip:${w.number}@${trunk}>`, elsewhere: `<sip:${u}@127.0.0.77:5060>`, other_port: `<sip:${u}@${peer.ip}:${peer.port + 1}>`,
    edge: `<sip:${w.number}@${w.edge.ip}:${w.edge.port}>`, maddr: `<sip:${u}@${at};maddr=${w.carrier.ip}>`, route: `<sip:${u}@${at}?Route=%3Csip:${trunk}%3E>`,
    name: `<sip:${u}@carrier.example>`, two: `<sip:${u}@${at}>,<sip:${w.number}@${trunk}>`, tel: `<tel:${w.number}>`, quoted: `"a,b" <sip:${w.number}@${trunk}>`,
  };
  const answers = {};
  await register(w, peer, w.slot, '*', 0);
  for (const [name, contact] of Object.entries(bad)) {
    answers[name] = [code(await register(w, peer, w.slot, contact)), code(await invite(w, peer, u))];
  }
  answers.two_headers = [code(await register(w, peer, w.slot, `<sip:${u}@${at}>`, 120, [`Contact: <sip:${w.number}@${trunk}>`])), code(await invite(w, peer, u))];
  answers.path = [code(await register(w, peer, w.slot, undefined, 120, [`Path: <sip:${trunk};lr>`])), code(await invite(w, peer, u))];
  return answers;
}

/** Somebody else's number with one's own password, and another number in To. */
export async function foreign_register(w, peer) {
  const uri = `sip:${w.realm}`;
  const to_other = await ask_as(peer, w.edge, { method: 'REGISTER', uri, to: edge_uri(w, w.other.user), from: edge_uri(w, w.slot.user), contact: `<sip:x@${peer.ip}:${peer.port}>` }, w.slot);
  const from_other = await ask_as(peer, w.edge, { method: 'REGISTER', uri, to: edge_uri(w, w.slot.user), from: edge_uri(w, w.other.user), contact: `<sip:x@${peer.ip}:${peer.port}>` }, w.slot);
  return [code(to_other), code(from_other)];
}

// ---- digest (hole 3)

/** A good answer used again, for another URI, in another method, beside a second one, and without a nonce count twice. */
export async function digests(w, peer) {
  const answers = {};
  const target = edge_uri(w, w.other.user), uri2 = edge_uri(w, '1002');
  const fresh = async (method, uri) => {
    const r = await ask(peer, w.edge, { method, uri: method === 'REGISTER' ? `sip:${w.realm}` : uri, to: edge_uri(w, w.slot.user), from: edge_uri(w, w.slot.user), body: method === 'INVITE' ? sdp(peer.ip, 40000) : '' });
    return r.header(r.status === 401 ? 'WWW-Authenticate' : 'Proxy-Authenticate');
  };
  const with_answer = (method, uri, line) => ask(peer, w.edge, { method, uri, from: edge_uri(w, w.slot.user), to: method === 'REGISTER' ? edge_uri(w, w.slot.user) : uri, extra: [].concat(line), body: method === 'INVITE' ? sdp(peer.ip, 40000) : '' });

  const used = await ask_as(peer, w.edge, { method: 'INVITE', uri: target, from: edge_uri(w, w.slot.user), body: sdp(peer.ip, 40000) }, w.slot);
  answers.first = code(used);
  answers.replayed = code(await with_answer('INVITE', target, used.authorization));
  answers.other_uri = code(await with_answer('INVITE', uri2, used.authorization));
  const challenge = await fresh('INVITE', target);
  const for_other = answer({ challenge, ...w.slot, method: 'INVITE', uri: target });
  answers.computed_for_other_uri = code(await with_answer('INVITE', uri2, `Proxy-Authorization: ${for_other}`));
  answers.lying_uri = code(await with_answer('INVITE', uri2, `Proxy-Authorization: ${for_other.replace(target, uri2)}`));
  const one = answer({ challenge: await fresh('INVITE', uri2), ...w.slot, method: 'INVITE', uri: uri2 });
  answers.two_answers = code(await with_answer('INVITE', uri2, [`Proxy-Authorization: ${one}`, `Authorization: ${for_other}`]));
  const cross = answer({ challenge: await fresh('REGISTER'), ...w.slot, method: 'INVITE', uri: `sip:${w.realm}` });
  answers.other_method = code(await with_answer('REGISTER', `sip:${w.realm}`, `Authorization: ${cross}`));
  const no_uri = answer({ challenge: await fresh('INVITE', target), ...w.slot, method: 'INVITE', uri: target }).replace(/ uri="[^"]*",/, '');
  answers.no_uri = code(await with_answer('INVITE', target, `Proxy-Authorization: ${no_uri}`));
  const old = await fresh('INVITE', target);
  const plain = `Proxy-Authorization: ${answer({ challenge: old, ...w.slot, method: 'INVITE', uri: target, qop: false })}`;
  answers.plain_first = code(await with_answer('INVITE', target, plain));
  answers.plain_again = code(await with_answer('INVITE', target, plain));
  const invented = `Digest realm="${w.realm}", nonce="${token(16)}", algorithm=MD5, qop="auth"`;
  answers.invented_nonce = code(await with_answer('INVITE', target, `Proxy-Authorization: ${answer({ challenge: invented, ...w.slot, method: 'INVITE', uri: target })}`));
  answers.wrong_password = code(await with_answer('INVITE', target, `Proxy-Authorization: ${answer({ challenge: await fresh('INVITE', target), user: w.slot.user, password: 'wrong', method: 'INVITE', uri: target })}`));
  return answers;
}

// ---- claims of a slot

/** What a slot with good credentials may not dial or say. Each entry: the final answer. */
export async function claims(w, peer, permit = `p-${token(16)}`) {
  const trunk = `${w.carrier.ip}:${w.carrier.port}`;
  const tries = {
    plain_number: [w.number], digits: [w.number.slice(1)], short: ['112'], carrier_in_uri: [null, { uri: `sip:${w.number}@${trunk}` }],
    from_other: [w.other.user, { from: edge_uri(w, w.other.user) }], from_number: ['1002', { from: edge_uri(w, w.number) }], from_nobody: ['1002', { from: `sip:${w.realm}` }], no_user: [null, { uri: `sip:${w.realm}` }],
    forged_permit_header: [w.number, { extra: [`X-VSS-Permit: ${permit}`] }], forged_slot_header: ['1001', { extra: [`X-VSS-Slot: ${w.other.user}`] }],
    compact_case: ['1001', { extra: ['x-vSs-anything: 1'] }], route_to_carrier: [w.number, { extra: [`Route: ${carrier_route(w)}`] }],
    route_self_then_carrier: ['1001', { extra: [`Route: ${self_route(w)},${carrier_route(w)}`] }], two_routes: ['1001', { extra: [`Route: ${self_route(w)}`, `Route: ${carrier_route(w)}`] }],
    permit_upper: [`P-${token(16)}`], permit_long: [`p-${token(17)}`], user_parameters: [`${permit};phone-context=${w.number}`],
  };
  const answers = {};
  for (const [name, [user, options]] of Object.entries(tries)) answers[name] = code(await invite(w, peer, user, options));
  return answers;
}

/** Headers that claim an identity are dropped on the way: what arrives at the called slot (its peer is given). */
export async function identities(w, peer, called_peer, called_number) {
  const before = called_peer.heard.length;
  const extra = ['P-Asserted-Identity: <sip:+15550009999@x>', 'Remote-Party-ID: <sip:+15550009999@x>', 'Privacy: id', 'Diversion: <sip:+15550009999@x>', 'History-Info: <sip:+15550009999@x>;index=1', 'P-Preferred-Identity: <sip:+15550009999@x>'];
  const sent = build(peer, { method: 'INVITE', uri: edge_uri(w, called_number), from: edge_uri(w, w.slot.user), extra, body: sdp(peer.ip, 40000) });
  const first = await ask(peer, w.edge, { ...{ method: 'INVITE', uri: edge_uri(w, called_number), from: edge_uri(w, w.slot.user), extra, body: sdp(peer.ip, 40000), callid: parse(sent).header('Call-ID') } });
  const line = `Proxy-Authorization: ${answer({ challenge: first.header('Proxy-Authenticate'), ...w.slot, method: 'INVITE', uri: edge_uri(w, called_number) })}`;
  await peer.send(build(peer, { method: 'INVITE', uri: edge_uri(w, called_number), from: edge_uri(w, w.slot.user), extra: [...extra, line], body: sdp(peer.ip, 40000), cseq: 2 }), w.edge);
  await sleep(400);
  const arrived = called_peer.heard.slice(before).find((m) => m.method === 'INVITE');
  return arrived ? arrived.headers.map(([n]) => n).filter((n) => /^(P-|Remote-Party|Privacy|Diversion|History|Proxy-Auth|Auth)/i.test(n)) : null;
}

// ---- peers that are not who they would have to be

/** From any address: a permit in the header, a permit as the user, a number, nothing. No credentials. */
export async function rogue(w, peer, permit = `p-${token(16)}`) {
  const answers = {};
  answers.permit_header = code(await invite(w, peer, w.number, { plain: true, extra: [`X-VSS-Permit: ${permit}`] }));
  answers.permit_user = code(await invite(w, peer, permit, { plain: true }));
  answers.number = code(await invite(w, peer, w.number, { plain: true }));
  answers.slot = code(await invite(w, peer, w.other.user, { plain: true }));
  answers.message = code(await ask(peer, w.edge, { method: 'MESSAGE', uri: edge_uri(w, w.other.user), from: edge_uri(w, w.slot.user) }, 700));
  answers.refer = code(await ask(peer, w.edge, { method: 'REFER', uri: edge_uri(w, w.other.user), from: edge_uri(w, w.slot.user), extra: [`Refer-To: <sip:${w.number}@${w.realm}>`] }, 700));
  return answers;
}

/** From a carrier's address: another carrier, an outside number, a slot, a permit, an unknown DID. */
export async function relay(w, peer) {
  const at = `sip:+15550007777@${peer.ip}`;
  const plain = (user, options = {}) => invite(w, peer, user, { plain: true, from: at, ...options });
  return {
    number: code(await plain(w.number)), slot: code(await plain(w.slot.user)), permit: code(await plain(`p-${token(16)}`)),
    carrier_in_uri: code(await plain(null, { uri: `sip:${w.number}@${w.carrier.ip}:${w.carrier.port}` })),
    route: code(await plain(w.number, { extra: [`Route: ${self_route(w)},${carrier_route(w)}`] })),
    permit_header: code(await plain(w.number, { extra: [`X-VSS-Permit: p-${token(16)}`] })), service: code(await plain('1001')),
  };
}

// ---- the doors beside SIP

/** evapi without the key, and as an owner of an older epoch: neither may keep the edge's ear. Resolves to what it was told. */
export async function evapi(port, messages, ms = 600) {
  const told = [];
  const socket = connect(port, '127.0.0.1');
  await new Promise((done) => socket.once('connect', done));
  socket.on('data', (d) => told.push(d.toString()));
  socket.on('error', () => {});
  for (const m of messages) { const j = typeof m === 'string' ? m : JSON.stringify(m); socket.write(`${Buffer.byteLength(j)}:${j},`); await sleep(20); }
  await sleep(ms);
  socket.destroy();
  return told.join('');
}

/** Keys that are not the key, also of types that a careless comparison takes for it. Each: what the edge said. */
export async function evapi_keys(port) {
  const answers = {};
  for (const key of [0, 1, '', null, [], {}, true, 1.5, '0', 'x'.repeat(64), undefined])
    answers[JSON.stringify(key) ?? 'none'] = await evapi(port, [{ cmd: 'hello', key, epoch: 999999 }, { cmd: 0, key, epoch: 999999 }, { cmd: 'hb' }], 150);
  return answers;
}

/** Bytes that are not SIP, or hardly. The edge must neither die nor answer nonsense; returns how many of them it answered. */
export async function garbage(w, peer) {
  const good = (change) => change(build(peer, { method: 'INVITE', uri: edge_uri(w, '1001'), from: edge_uri(w, w.slot.user), body: sdp(peer.ip, 40000) }));
  const noise = () => Array.from({ length: 400 }, () => String.fromCharCode(Math.floor(Math.random() * 256))).join('');
  const pieces = [
    '', '\r\n\r\n', '\0', '\0'.repeat(60000), noise(), 'INVITE', 'INVITE sip:x SIP/2.0\r\n\r\n', 'SIP/2.0 200 OK\r\n\r\n', 'SIP/2.0 99999 X\r\n\r\n',
    good((t) => t.replace(/Via:.*\r\n/, '')), good((t) => t.replace(/Call-ID:.*\r\n/, '')), good((t) => t.replace(/CSeq:.*\r\n/, 'CSeq: 99999999999999 INVITE\r\n')),
    good((t) => t.replace(/CSeq:.*\r\n/, 'CSeq: 1 BYE\r\n')), good((t) => t.replace(/Content-Length:.*\r\n/, 'Content-Length: -5\r\n')),
    good((t) => t.replace(/Content-Length:.*\r\n/, 'Content-Length: 99999\r\n')), good((t) => t.replace(/From:.*\r\n/, 'From: <<<>>>;;;tag=\r\n')),
    good((t) => t.replace(/To:.*\r\n/, `To: "${'"'.repeat(300)}\r\n`)), good((t) => t.replace('Max-Forwards: 70', 'Max-Forwards: -1')),
    good((t) => t.replace('Max-Forwards: 70', 'Max-Forwards: 0')), good((t) => t.replace('Max-Forwards: 70\r\n', `${'X-A: b\r\n'.repeat(900)}Max-Forwards: 70\r\n`)),
    good((t) => t.replace('Max-Forwards: 70\r\n', `X-Long: ${'a'.repeat(30000)}\r\n`)), good((t) => t.replace(/sip:1001@[^ ]*/, 'sip:%00%0a%0d@\x00')),
    good((t) => t.replace(/Call-ID:.*\r\n/, 'Call-ID: a"b\\c\r\n')), good((t) => t.replace(/Call-ID:.*\r\n/, 'Call-ID: \xff\xfe\x01\r\n')),
    good((t) => t.replace(/SIP\/2\.0\r\n/, 'SIP/3.0\r\n')), good((t) => t.replace(/branch=[^\r]*/, `branch=${'z'.repeat(5000)}`)),
    good((t) => t.replace('Max-Forwards: 70', 'Proxy-Authorization: Digest username="7001", realm=, nonce=\r\nMax-Forwards: 70')),
    good((t) => t.replace('Max-Forwards: 70', `Proxy-Authorization: Digest ${'a=b,'.repeat(2000)}\r\nMax-Forwards: 70`)),
    good((t) => t.replace('Max-Forwards: 70', `Route: ${'<sip:a;lr>,'.repeat(500)}<sip:b>\r\nMax-Forwards: 70`)),
    good((t) => t.replace('Max-Forwards: 70', 'Route: <sip:127.0.0.1;lr;vs=~~~~>\r\nMax-Forwards: 70').replace(/(To: <[^>]*>)/, '$1;tag=x')),
    good((t) => t.replace('Max-Forwards: 70', `Route: <sip:${w.edge.ip}:${w.edge.port};lr;vs=${'~'.repeat(4000)}>\r\nMax-Forwards: 70`).replace(/(To: <[^>]*>)/, '$1;tag=x')),
  ];
  const before = peer.heard.length;
  for (const piece of pieces) { await peer.send(piece, w.edge); await sleep(5); }
  await sleep(300);
  return { sent: pieces.length, answered: peer.heard.length - before };
}
