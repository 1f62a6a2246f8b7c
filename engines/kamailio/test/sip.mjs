// A SIP peer made of one UDP socket and no rules: it says exactly what it is told to say. For tests that attack the edge.
import { createHash, randomBytes } from 'node:crypto';
import { createSocket } from 'node:dgram';

export const token = (bytes = 8) => randomBytes(bytes).toString('hex');
const md5 = (text) => createHash('md5').update(text).digest('hex');

/** Reads one message: { first, status, method, headers: [[name, value]], header(name), all(name), body }. */
export function parse(text) {
  const end = text.indexOf('\r\n\r\n');
  const [first, ...lines] = (end < 0 ? text : text.slice(0, end)).split('\r\n');
  const headers = lines.filter((l) => l.includes(':')).map((l) => [l.slice(0, l.indexOf(':')).trim(), l.slice(l.indexOf(':') + 1).trim()]);
  const all = (name) => headers.filter(([n]) => n.toLowerCase() === name.toLowerCase()).map(([, v]) => v);
  const status = first.startsWith('SIP/2.0 ') ? Number(first.slice(8, 11)) : 0;
  return { first, status, method: status ? '' : first.split(' ')[0], headers, all, header: (name) => all(name)[0] ?? '', body: end < 0 ? '' : text.slice(end + 4) };
}

/** The answer to a challenge (MD5, qop=auth). `uri` and `nc` may lie. */
export function answer({ challenge, user, password, method, uri, nc = 1, cnonce = token(4), qop = true }) {
  const of = (name) => new RegExp(`${name}="?([^",]+)"?`).exec(challenge)?.[1] ?? '';
  const ha1 = md5(`${user}:${of('realm')}:${password}`);
  const ha2 = md5(`${method}:${uri}`);
  const count = nc.toString(16).padStart(8, '0');
  const response = qop ? md5(`${ha1}:${of('nonce')}:${count}:${cnonce}:auth:${ha2}`) : md5(`${ha1}:${of('nonce')}:${ha2}`);
  const tail = qop ? `, qop=auth, nc=${count}, cnonce="${cnonce}"` : '';
  return `Digest username="${user}", realm="${of('realm')}", nonce="${of('nonce')}", uri="${uri}", response="${response}", algorithm=MD5${tail}`;
}

export const sdp = (ip, port) => `v=0\r\no=t 1 1 IN IP4 ${ip}\r\ns=-\r\nc=IN IP4 ${ip}\r\nt=0 0\r\nm=audio ${port} RTP/AVP 8 101\r\na=rtpmap:8 PCMA/8000\r\na=rtpmap:101 telephone-event/8000\r\n`;

/** Opens a peer at ip:port (0: any). `heard` is everything that came, oldest first. */
export async function open_peer(ip = '127.0.0.1', port = 0) {
  const socket = createSocket('udp4');
  await new Promise((done, fail) => { socket.once('error', fail); socket.bind(port, ip, done); });
  const peer = { ip, port: socket.address().port, heard: [], handlers: new Set(), socket };
  socket.on('message', (bytes, from) => {
    const message = { ...parse(bytes.toString('latin1')), from, raw: bytes.toString('latin1') };
    peer.heard.push(message);
    for (const handler of peer.handlers) handler(message);
  });
  socket.on('error', () => {});
  peer.close = () => new Promise((done) => socket.close(done));
  peer.send = (text, to) => new Promise((done) => socket.send(Buffer.from(text, 'latin1'), to.port, to.ip, () => done()));
  return peer;
}

/** One request as text; every part may be given. `extra` is a list of whole header lines. */
export function build(peer, { method, uri, to, from, callid = token(), ftag = token(4), ttag = '', cseq = 1, branch = `z9hG4bK${token()}`, contact, extra = [], body = '', type = 'application/sdp' }) {
  return [
    `${method} ${uri} SIP/2.0`, `Via: SIP/2.0/UDP ${peer.ip}:${peer.port};rport;branch=${branch}`, 'Max-Forwards: 70',
    `From: <${from}>;tag=${ftag}`, `To: <${to ?? uri}>${ttag ? `;tag=${ttag}` : ''}`, `Call-ID: ${callid}`, `CSeq: ${cseq} ${method}`,
    ...(contact === null ? [] : [`Contact: ${contact ?? `<sip:t@${peer.ip}:${peer.port}>`}`]), ...extra,
    ...(body ? [`Content-Type: ${type}`] : []), `Content-Length: ${Buffer.byteLength(body)}`, '', body,
  ].join('\r\n');
}

/** Sends a request and waits for its final reply; resolves null after `ms`. ACKs what an INVITE was refused with. */
export async function ask(peer, to, parts, ms = 1500) {
  const full = { callid: token(), ftag: token(4), branch: `z9hG4bK${token()}`, cseq: 1, ...parts };
  const text = parts.raw ?? build(peer, full);
  const reply = new Promise((done) => {
    const timer = setTimeout(() => { peer.handlers.delete(hear); done(null); }, ms);
    const hear = (m) => {
      if (m.status < 200 || m.header('Call-ID') !== full.callid || !m.header('CSeq').startsWith(`${full.cseq} `)) return;
      clearTimeout(timer); peer.handlers.delete(hear); done(m);
    };
    peer.handlers.add(hear);
  });
  await peer.send(text, to);
  const got = await reply;
  if (got && full.method === 'INVITE' && got.status >= 300)
    await peer.send(build(peer, { ...full, method: 'ACK', ttag: /tag=([^;>\s]+)/.exec(got.header('To'))?.[1] ?? '', body: '', extra: [], contact: null }), to);
  return got && { ...got, asked: full };
}

/** Like ask, and answers the challenge as `user`. */
export async function ask_as(peer, to, parts, { user, password }, ms = 1500) {
  const first = await ask(peer, to, parts, ms);
  if (!first || (first.status !== 401 && first.status !== 407)) return first;
  const challenge = first.header(first.status === 401 ? 'WWW-Authenticate' : 'Proxy-Authenticate');
  const name = first.status === 401 ? 'Authorization' : 'Proxy-Authorization';
  const line = `${name}: ${answer({ challenge, user, password, method: parts.method, uri: parts.uri })}`;
  const second = await ask(peer, to, { ...parts, callid: first.asked.callid, ftag: first.asked.ftag, cseq: first.asked.cseq + 1, extra: [...(parts.extra ?? []), line] }, ms);
  return second && { ...second, authorization: line };
}

export const sleep = (ms) => new Promise((done) => setTimeout(done, ms));
