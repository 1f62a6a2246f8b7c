// F-09: a carrier calls one of our numbers: slot, IVR or queue by DID, also while PostgreSQL and vss are down; the caller's number
// reaches hubs only as a pseudonym.
import { expect, test } from '@playwright/test';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import * as attack from '../../engines/kamailio/test/attack.mjs';
import { sdp, type Message, type Peer } from '../../engines/kamailio/test/sip.mjs';
import { get, list, put } from '../parts/api.ts';
import { ensureTrunks } from '../parts/campaign.ts';
import { one, rows } from '../parts/db.ts';
import { state, status, vss } from '../parts/stack.ts';
import { callIn, edge, playSlot, realm, registered, rpc } from '../parts/sip.ts';
import { until } from '../parts/until.ts';

test.describe.configure({ mode: 'serial' });
test.setTimeout(180_000);

const did = { slot: '+12025550110', ivr: '+12025550111', echo: '+12025550112', unknown: '+12025550199' };
const caller = '+13125550177';

test.beforeAll(async () => {
  await ensureTrunks();
  const have = (await list('/ottb/dids')).map((d) => d.number);
  for (const [number, target] of [[did.slot, 'slot:7001'], [did.ivr, 'service:1001'], [did.echo, 'service:1002']])
    if (!have.includes(number)) await put(`/ottb/dids/${encodeURIComponent(number!)}`, { target });
  await until('the edge knows the numbers', async () => JSON.stringify(await rpc('htable.dump', 'did')).includes(did.echo), 10_000);
  await until('slot 7001 is registered', () => registered('7001'));
});

test('to a slot: it answers, media flows both ways, one CDR under the edge\'s own call id', async () => {
  const since = new Date();
  expect(await callIn(did.slot, { from: caller, seconds: 4 })).toBe(true);
  const cdr = await until('the CDR', async () => (await rows("select * from dci.cdr where direction = 'inbound' and slot = '7001' and started_at >= $1", since))[0], 20_000);
  expect(cdr.outcome).toBe('answered');
  expect(Number(cdr.rtp_sent)).toBeGreaterThan(100);
  expect(Number(cdr.rtp_received)).toBeGreaterThan(100);
  const count = await one('select count(*)::int as n from dci.cdr where started_at >= $1 and direction = $2', since, 'inbound');
  expect(count.n).toBe(1);
  await until('the slot is idle again', async () => (await get('/ottb/slots/7001')).state === 'IDLE');
});

test('the slot walked ASSIGNED, REGISTERING, READY, CALLING, ACTIVE_CALL, POSTCALL, IDLE', async () => {
  const { items } = await get('/ottb/slots/7001/timeline?limit=50');
  const steps = items.filter((m: any) => m.what === 'transition').map((m: any) => m.text.split(' -> ')[1]).reverse();
  const walk = ['ASSIGNED', 'REGISTERING', 'READY', 'CALLING', 'ACTIVE_CALL', 'POSTCALL', 'IDLE'];
  expect(steps.slice(-walk.length)).toEqual(walk);
});

test('the caller\'s number is nowhere on the hub nor in a log', () => {
  const bare = caller.slice(1);
  const files = (folder: string): string[] => readdirSync(folder, { withFileTypes: true }).flatMap((e) => (e.isDirectory() ? files(join(folder, e.name)) : e.isFile() ? [join(folder, e.name)] : []));
  const places = [join(state, 'log'), ...readdirSync(state).filter((n) => n.startsWith('archont-')).map((n) => join(state, n))];
  for (const file of places.flatMap(files)) if (statSync(file).size < 50e6) expect(readFileSync(file, 'latin1').includes(bare), file).toBe(false);
});

test('to the IVR and to the echo; an unknown number is refused', async () => {
  expect(await callIn(did.ivr, { seconds: 10, keys: '1' })).toBe(true);
  expect(await callIn(did.echo, { seconds: 3, carrier: 'b' })).toBe(true);
  expect(await callIn(did.unknown, { seconds: 1 })).toBe(false);
});

test('with PostgreSQL and vss down: trunk to slot, trunk to 1001, slot to slot work; outbound does not', async () => {
  const a = await playSlot('7018'), b = await playSlot('7017');
  const w: attack.World = { edge, realm, carrier: { ip: '127.0.0.3', port: 1 }, slot: a.login, other: b.login, number: '+12125550100' };
  expect((await attack.register(w, a.peer))?.status).toBe(200);
  expect((await attack.register(w, b.peer, b.login))?.status).toBe(200);
  b.peer.handlers.add((m) => void pickUp(b.peer, m));
  await vss('stop', 'server', 'postgres');
  try {
    expect(await callIn(did.slot, { seconds: 3 })).toBe(true);
    expect(await callIn(did.ivr, { seconds: 12, keys: '1' })).toBe(true);
    expect((await attack.register(w, b.peer, b.login))?.status, 'the edge registers by itself').toBe(200);
    expect((await attack.invite(w, a.peer, b.login.user))?.status).toBe(200);
    expect((await attack.invite(w, a.peer, `p-${'0'.repeat(32)}`))?.status).toBeGreaterThanOrEqual(400);
  } finally {
    await vss('start', 'postgres', 'server');
    await until('the platform is ready again', async () => (await status()).ready, 60_000);
  }
  await a.leave();
  await b.leave();
});

async function pickUp(peer: Peer, m: Message): Promise<void> {
  if (m.method !== 'INVITE' && m.method !== 'BYE') return;
  const body = m.method === 'INVITE' ? sdp(peer.ip, 40002) : '';
  const lines = ['SIP/2.0 200 OK', ...m.all('Via').map((v) => `Via: ${v}`), ...m.all('Record-Route').map((v) => `Record-Route: ${v}`), `From: ${m.header('From')}`,
    `To: ${m.header('To')}${m.header('To').includes('tag=') ? '' : ';tag=b'}`, `Call-ID: ${m.header('Call-ID')}`, `CSeq: ${m.header('CSeq')}`,
    `Contact: <sip:t@${peer.ip}:${peer.port}>`, ...(body ? ['Content-Type: application/sdp'] : []), `Content-Length: ${body.length}`, '', body];
  await peer.send(lines.join('\r\n'), { ip: m.from.address, port: m.from.port });
}
