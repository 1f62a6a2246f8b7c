// F-03: nothing reaches a trunk without a fresh permit. Every way that we know to try, by name; what a carrier would have seen is
// counted at a trunk that only watches and in the carriers' own books.
import { expect, test } from '@playwright/test';
import * as attack from '../../engines/kamailio/test/attack.mjs';
import { open_peer, sleep, token, type Peer } from '../../engines/kamailio/test/sip.mjs';
import { number } from '../parts/campaign.ts';
import { carrierCalls } from '../parts/carrier.ts';
import { ip, pid, port } from '../parts/stack.ts';
import { edge, mintPermit, playSlot, realm, registered, rpc, watchedTrunk } from '../parts/sip.ts';
import { until } from '../parts/until.ts';

test.describe.configure({ mode: 'serial' });

let w: attack.World;
let watch: Awaited<ReturnType<typeof watchedTrunk>>;
let slot: Awaited<ReturnType<typeof playSlot>>, other: Awaited<ReturnType<typeof playSlot>>;
let since: number;
const answered = '00';

test.beforeAll(async () => {
  watch = await watchedTrunk();
  slot = await playSlot('7020');
  other = await playSlot('7019');
  w = { edge, realm, carrier: { ip: watch.ip, port: watch.port }, slot: slot.login, other: other.login, number: number(answered) };
  expect((await attack.register(w, slot.peer))?.status).toBe(200);
  expect((await attack.register(w, other.peer, other.login))?.status).toBe(200);
});
test.afterAll(async () => {
  await slot?.leave();
  await other?.leave();
  await watch?.close();
});
test.beforeEach(async () => {
  await sleep(50);
  since = Date.now();
  watch.heard.length = 0;
});

/** What reached a carrier since the test began. */
const reached = (): string[] => [...watch.reached().map((m) => m.first), ...carrierCalls(since).map((c) => `call ${c.callId}`)];
const refused = (codes: Record<string, number | null>): void => {
  for (const [name, code] of Object.entries(codes)) expect(code === null || code >= 400, `${name}: ${code}`).toBe(true);
};
const dial = (permit: string, who = slot): Promise<{ status: number } | null> => attack.invite(w, who.peer, permit, { who: who.login });
const from_everywhere = async (what: (peer: Peer) => Promise<void>): Promise<void> => {
  for (const address of ['127.0.0.1', ip.rogue, ip.asterisk, ip.carrierA]) {
    const peer = await open_peer(address);
    await what(peer);
    await peer.close();
  }
};

test('a fresh permit, by its own slot: one call, and a second use of it none', async () => {
  const called = number(answered), permit = await mintPermit('fresh', '7020', called);
  const first = attack.invite(w, slot.peer, permit, { who: slot.login });
  await until('the call reaches the carrier', () => carrierCalls(since).some((c) => c.number === called), 8000);
  expect((await dial(permit))?.status).toBeGreaterThanOrEqual(400);
  await first;
  await sleep(500);
  expect(carrierCalls(since)).toHaveLength(1);
});

test('twenty INVITEs at once on one permit: one leaves', async () => {
  const called = number(answered), permit = await mintPermit('fresh', '7020', called);
  await Promise.all(Array.from({ length: 20 }, () => dial(permit)));
  await sleep(1500);
  expect(carrierCalls(since).filter((c) => c.number === called)).toHaveLength(1);
});

for (const state of ['used', 'expired', 'foreign'] as const)
  test(`a ${state} permit`, async () => {
    const permit = await mintPermit(state, '7020', number(answered));
    expect((await dial(permit))?.status).toBeGreaterThanOrEqual(400);
    await sleep(500);
    expect(reached()).toEqual([]);
  });

test('an invented permit', async () => {
  expect((await dial(`p-${token(16)}`))?.status).toBeGreaterThanOrEqual(400);
  await sleep(500);
  expect(reached()).toEqual([]);
});

test('another slot\'s permit, dialled by its thief', async () => {
  const permit = await mintPermit('fresh', '7020', number(answered));
  expect((await dial(permit, other))?.status).toBeGreaterThanOrEqual(400);
  await sleep(500);
  expect(reached()).toEqual([]);
});

test('a plain number, a forged X-VSS, P-Asserted-Identity or From, a route of one\'s own', async () => {
  refused(await attack.claims(w, slot.peer, await mintPermit('fresh', '7020', number(answered))));
  expect(await attack.identities(w, slot.peer, other.peer, '7019')).toEqual([]);
  expect(reached()).toEqual([]);
});

test('hole 1, the in-dialog block: every method with invented tags and a Route to the carrier', async () => {
  await from_everywhere(async (peer) => {
    refused(await attack.in_dialog(w, peer));
    refused(await attack.in_dialog(w, peer, `m~t${watch.id}~00000000~${Math.floor(Date.now() / 1000)}~${'A'.repeat(43)}`));
    for (const code of await attack.in_dialog_by_uri(w, peer)) expect(code).toBe(481);
  });
  refused(await attack.in_dialog(w, slot.peer));
  expect(reached()).toEqual([]);
});

test('hole 2, the registered contact: one that points at a carrier or another host', async () => {
  for (const [name, [registration, call]] of Object.entries(await attack.contacts(w, slot.peer))) {
    expect(registration, name).toBeGreaterThanOrEqual(400);
    expect(call, name).toBe(480);
  }
  expect(await attack.foreign_register(w, slot.peer)).toEqual([403, 403]);
  expect((await attack.register(w, slot.peer))?.status).toBe(200);
  expect(reached()).toEqual([]);
});

test('hole 3, the digest uri: an answer replayed, or computed for another URI', async () => {
  const busy = (m: any): void => {
    if (m.method !== 'INVITE') return;
    const lines = ['SIP/2.0 486 Busy Here', ...m.all('Via').map((v: string) => `Via: ${v}`), `From: ${m.header('From')}`, `To: ${m.header('To')};tag=b`, `Call-ID: ${m.header('Call-ID')}`, `CSeq: ${m.header('CSeq')}`, 'Content-Length: 0', '', ''];
    void other.peer.send(lines.join('\r\n'), { ip: m.from.address, port: m.from.port });
  };
  other.peer.handlers.add(busy);
  const codes = await attack.digests(w, slot.peer);
  other.peer.handlers.delete(busy);
  expect(codes).toMatchObject({ first: 486, replayed: 407, other_uri: 403, computed_for_other_uri: 403, two_answers: 400, plain_again: 407, invented_nonce: 407 });
  expect(reached()).toEqual([]);
});

test('hole 4, permits in parallel from two slots: the owner\'s one call at most', async () => {
  const called = number(answered), permit = await mintPermit('fresh', '7020', called);
  await Promise.all(Array.from({ length: 10 }, (_, n) => dial(permit, n % 2 ? slot : other)));
  await sleep(1500);
  expect(carrierCalls(since).filter((c) => c.number === called).length).toBeLessThanOrEqual(1);
});

test('hole 5, claims: the edge\'s control door takes no key of another shape', async () => {
  for (const [key, said] of Object.entries(await attack.evapi_keys(port('EVAPI')))) expect(said, key).not.toContain('welcome');
  const door = await fetch(`http://127.0.0.1:${port('KAM_HTTP')}/RPC`, { method: 'POST', body: '{"jsonrpc":"2.0","id":1,"method":"core.version"}' });
  expect(door.status).toBe(401);
});

test('a peer that is not Asterisk, with a permit that is good', async () => {
  const permit = await mintPermit('fresh', '7020', w.number);
  for (const address of [ip.rogue, ip.asterisk, '127.0.0.1']) {
    const peer = await open_peer(address);
    for (const [name, code] of Object.entries(await attack.rogue(w, peer, permit))) expect([403, 405, 407], `${address} ${name}`).toContain(code);
    await peer.close();
  }
  expect(reached()).toEqual([]);
});

test('a carrier used as a relay', async () => {
  const peer = await open_peer(ip.carrierA);
  for (const [name, code] of Object.entries(await attack.relay(w, peer))) expect([403, 404], name).toContain(code);
  await peer.close();
  expect(reached()).toEqual([]);
});

test('garbage: the edge neither dies nor forgets', async () => {
  const before = await pid('kamailio');
  await from_everywhere(async (peer) => {
    await attack.garbage(w, peer);
  });
  expect(await pid('kamailio')).toBe(before);
  expect(await rpc('core.uptime')).toBeTruthy();
  expect(await registered('7020')).toBe(true);
  expect(reached()).toEqual([]);
});
