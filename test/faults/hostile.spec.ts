// Hostile input at every door that is open to others: a clear answer, nothing dies, nothing is half done.
import { createSocket } from 'node:dgram';
import { connect } from 'node:net';
import { expect, test } from '@playwright/test';
import { call, get, put, token } from '../parts/api.ts';
import { ensureTrunks, importLeads, makeCampaign, csv, number, type Campaign } from '../parts/campaign.ts';
import { one } from '../parts/db.ts';
import { api, ip, port, status } from '../parts/stack.ts';
import { callIn, edge } from '../parts/sip.ts';

test.describe.configure({ mode: 'serial' });
test.setTimeout(120_000);

let before: string, campaign: Campaign;
const pids = async (): Promise<string> => (await status()).processes.map((p) => `${p.name} ${p.pid}`).sort().join(', ');
const problem = (answer: { status: number; body: any; headers: Headers }, code: number): void => {
  expect(answer.status, JSON.stringify(answer.body)).toBe(code);
  expect(answer.headers.get('content-type')).toContain('application/problem+json');
  expect(String(answer.body.detail ?? answer.body.title).length).toBeGreaterThan(3);
};
const leads = async (): Promise<number> => (await one('select count(*)::int as n from ottb.lead where campaign_id = $1', campaign.id)).n;
const upload = (body: BodyInit, type = 'text/csv') => call('admin', 'POST', `/ottb/campaigns/${campaign.id}/leads`, body as string, { 'content-type': type });

/** Bytes to a TCP port; what came back within a second of silence, or until it closed. */
const raw = (to: number, bytes: string | Buffer, host = '127.0.0.1'): Promise<string> =>
  new Promise((done) => {
    let got = '';
    const line = connect(to, host, () => line.write(bytes));
    line.setTimeout(1500, () => line.destroy());
    line.on('data', (d) => (got += d.toString('latin1'))).on('close', () => done(got)).on('error', () => done(got));
  });

test.beforeAll(async () => {
  await ensureTrunks();
  await put(`/ottb/dids/${encodeURIComponent('+12025550112')}`, { target: 'service:1002' });
  campaign = await makeCampaign();
  before = await pids();
});
test.afterEach(async () => expect(await pids(), 'a process died').toBe(before));

test('JSON that is broken, of wrong types, too deep or too large', async () => {
  const make = (body: string) => call('admin', 'POST', '/ottb/campaigns', body);
  problem(await make('{"name": '), 400);
  problem(await make('['.repeat(5000)), 400);
  problem(await make('"\\ud800"'), 400);
  const wrong = await make(JSON.stringify({ name: 7, mode: 'shouting', profile: [], calls_per_second: 'many', max_attempts: -1 }));
  problem(wrong, 422);
  const pointers = wrong.body.problems.map((p: any) => p.pointer);
  for (const pointer of ['/name', '/mode', '/profile', '/calls_per_second', '/max_attempts']) expect(pointers).toContain(pointer);
  problem(await make(JSON.stringify({ name: 'x'.repeat(3 << 20) })), 413);
  problem(await call('admin', 'PUT', '/ottb/dids/%00%ff', { target: 'slot:7001' }), 400);
  problem(await call('admin', 'GET', '/ottb/slots?limit=1e9'), 422);
  problem(await call('admin', 'GET', '/ottb/campaigns/not-a-uuid'), 422);
  problem(await call(null, 'GET', '/ottb/slots'), 401);
  expect((await fetch(`${api}/ottb/slots`, { headers: { authorization: `Bearer ${(await token('admin')).slice(0, -3)}xyz` } })).status).toBe(401);
});

test('HTTP that is not HTTP', async () => {
  const door = port('API');
  expect(await raw(door, 'GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello')).toMatch(/^HTTP\/1\.1 400/);
  expect(await raw(door, 'POST /ottb/campaigns HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n')).toMatch(/^HTTP\/1\.1 400/);
  expect(await raw(door, `GET / HTTP/1.1\r\nHost: x\r\n${'X-A: b\r\n'.repeat(9000)}\r\n`)).toMatch(/^HTTP\/1\.1 4(31|00)/);
  expect(await raw(door, `GET /${'a'.repeat(70_000)} HTTP/1.1\r\nHost: x\r\n\r\n`)).toMatch(/^HTTP\/1\.1 4(14|31|00)/);
  expect(await raw(door, Buffer.from([22, 3, 1, 2, 0, 1, 0, 1, 252, 3, 3]))).not.toMatch(/^HTTP\/1\.1 [25]/);
  expect(await raw(port('LINK'), 'GET /link HTTP/1.1\r\nHost: x\r\n\r\n')).not.toMatch(/^HTTP\/1\.1 [12]/);
});

test('CSV: what spreadsheets write is read', async () => {
  const [a, b, c] = [number('01'), number('02'), number('03')];
  const answer = await importLeads(campaign, `\ufeffphone,consent,consent_source,name\r\n"${a}",true,test,"O""Neil, Jr"\r\n${b},yes,test,"two\r\nlines"\r\n${c},true,test,Жанна\r\n`);
  expect(answer.accepted).toBe(3);
  expect(answer.rejected).toBe(0);
  expect(await leads()).toBe(3);
});

test('CSV: rows that are wrong are named, the others are taken', async () => {
  const twice = number('04');
  const answer = await importLeads(campaign, csv([twice, '12', '+1999', 'call me', twice]));
  expect([answer.accepted, answer.rejected, answer.duplicates]).toEqual([1, 3, 1]);
  const errors = await call('admin', 'GET', `/ottb/imports/${answer.id}/errors`);
  expect(errors.status).toBe(200);
  for (const row of ['3', '4', '5']) expect(String(errors.body)).toMatch(new RegExp(`^${row},`, 'm'));
});

test('CSV: files that are wrong are refused whole', async () => {
  const had = await leads(), good = number('05');
  for (const [what, body] of [
    ['another encoding', Buffer.from(`phone,consent,name\n${good},true,\xc6anna\n`, 'latin1')],
    ['UTF-16', Buffer.from(`\ufeffphone,consent\n${good},true\n`, 'utf16le')],
    ['no phone column', `name,consent\nAnna,true\n`],
    ['nothing', ''],
    ['zeroes', Buffer.alloc(1000)],
  ] as const) {
    const answer = await upload(body as string);
    expect([400, 413, 415, 422], `${what}: ${answer.status} ${JSON.stringify(answer.body)}`).toContain(answer.status);
    expect(answer.headers.get('content-type'), what).toContain('application/problem+json');
  }
  problem(await upload(csv([good]), 'application/pdf'), 415);
  for (const row of [`${good},true,"test`, `${good},true,${'x'.repeat(1 << 20)}`, `"${good}"x,true,test`]) {
    const answer = await importLeads(campaign, `phone,consent,consent_source\n${row}\n`);
    expect([answer.accepted, answer.rejected], row.slice(0, 40)).toEqual([0, 1]);
  }
  expect(await leads(), 'nothing was half imported').toBe(had);
});

test('SIP garbage from the trunk side, then a call as if nothing had been', async () => {
  const socket = createSocket('udp4');
  await new Promise<void>((done) => socket.bind(0, ip.carrierA, done));
  const send = (bytes: Buffer | string) => new Promise((done) => socket.send(bytes, edge.port, edge.ip, done));
  const invite = (lines: string[]) => ['INVITE sip:+12025550110@127.0.0.1 SIP/2.0', `Via: SIP/2.0/UDP ${ip.carrierA}:5999;branch=z9hG4bK1`, ...lines, '', ''].join('\r\n');
  for (const bytes of [
    Buffer.alloc(1), Buffer.alloc(60_000, 65), Buffer.from([...Array(2000).keys()].map((i) => (i * 7919) & 255)), '\r\n\r\n', 'INVITE\r\n\r\n',
    'INVITE sip:x SIP/9.9\r\n\r\n', invite(['From: <sip:a@b>', 'To: <sip:c@d>', 'CSeq: 99999999999 INVITE', 'Call-ID: ']),
    invite(['From: "\xff\xfe<sip:%%%@>', 'To: ;;;', 'Call-ID: x', 'CSeq: 1 INVITE', 'Content-Length: -7']),
    invite(Array(900).fill('Via: SIP/2.0/UDP 1.1.1.1;branch=z')), 'SIP/2.0 200 OK\r\nVia: SIP/2.0/UDP 127.0.0.1;branch=z9hG4bKx\r\n\r\n',
    invite(['From: <sip:a@b>;tag=1', 'To: <sip:+12025550110@d>', 'Call-ID: sdp', 'CSeq: 1 INVITE', 'Contact: <sip:x@y>', 'Content-Type: application/sdp', 'Content-Length: 20', '', 'v=0\r\nm=audio 99999']),
  ]) await send(bytes);
  socket.close();
  expect(await callIn('+12025550112', { seconds: 2 })).toBe(true);
  expect((await get('/ottb/trunks')).items.filter((t: any) => t.name.startsWith('carrier-')).every((t: any) => t.health === 'up')).toBe(true);
});
