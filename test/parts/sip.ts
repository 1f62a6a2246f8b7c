// The SIP side of the running platform: the edge's own answers, slots that a test may play itself, permits of every state, and a
// carrier that only watches.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as attack from '../../engines/kamailio/test/attack.mjs';
import { open_peer, type Login, type Peer } from '../../engines/kamailio/test/sip.mjs';
import { get, list, post } from './api.ts';
import { admin, home, ip, port, secretFile } from './stack.ts';
import { until } from './until.ts';

const run = promisify(execFile);
export const edge = { ip: ip.kamailio, port: port('SIP') };
export const realm = 'vss.local';

/** JSON-RPC of the edge, as the server speaks it. */
export async function rpc<T = any>(method: string, ...params: unknown[]): Promise<T> {
  const answer = await fetch(`http://127.0.0.1:${port('KAM_HTTP')}/RPC`, {
    method: 'POST', headers: { authorization: `Bearer ${secretFile('edge_key')}` }, body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
  });
  const { result, error } = (await answer.json()) as { result?: T; error?: { message: string } };
  if (error) throw new Error(`${method}: ${error.message}`);
  return result as T;
}

export const registered = async (number: string): Promise<boolean> => JSON.stringify(await rpc('ul.dump')).includes(`"AoR":"${number}"`);

/** A slot that the test plays: locked, so that the platform gives it no work, and registered from the test's own socket. */
export async function playSlot(number: string): Promise<{ login: Login; peer: Peer; leave(): Promise<void> }> {
  await post(`/ottb/slots/${number}/lock`, { reason: 'a test plays this slot' });
  const { user, password } = await get(`/ottb/slots/${number}/credentials`, 'engineer');
  const peer = await open_peer('127.0.0.1');
  const leave = async (): Promise<void> => {
    await peer.close();
    await post(`/ottb/slots/${number}/unlock`, { reason: 'the test is over' });
  };
  return { login: { user, password }, peer, leave };
}

export type PermitState = 'fresh' | 'used' | 'expired' | 'foreign';
/** A permit as only a test site mints them. `foreign`: issued to another slot. */
export const mintPermit = (state: PermitState, slot: string, number: string): Promise<string> =>
  admin('permit', state, '--slot', slot, '--number', number).then((text) => /p-[0-9a-f]{32}/.exec(text)![0]);

/** A trunk to an address where the test itself listens; everything that reaches it is in `reached()`. */
export async function watchedTrunk(): Promise<Awaited<ReturnType<typeof attack.watcher>> & { id: number }> {
  const at = { ip: '127.0.0.5', port: port('CARRIER_A') + 5 };
  const watch = await attack.watcher(at);
  const known = (await list('/ottb/trunks')).find((t) => t.name === 'watched');
  const trunk = known ?? (await post('/ottb/trunks', { name: 'watched', host: at.ip, port: at.port, transport: 'udp', cps: 100, channels: 100, priority: 9, simulated: true }));
  await until('the edge knows the watched trunk', async () => JSON.stringify(await rpc('htable.dump', 'peer')).includes(at.ip), 10_000);
  return Object.assign(watch, { id: trunk.id as number });
}

/** A carrier calls a DID; resolves to true when the call was answered and ended well. */
export async function callIn(did: string, options: { keys?: string; seconds?: number; from?: string; carrier?: 'a' | 'b' } = {}): Promise<boolean> {
  const argv = [did, '-s', String(options.seconds ?? 4), '-f', options.from ?? '+13125550177', '-c', options.carrier ?? 'a', ...(options.keys ? ['-k', options.keys] : [])];
  return run(join(home, 'engines/carrier/call-in'), argv, { timeout: 90_000 }).then(() => true, () => false);
}
