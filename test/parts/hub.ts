// A hub from its own side: its journal, what its certificate may say, its database role, and a cable to the server that a test
// may cut.
import { readFileSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { createServer, connect, type AddressInfo, type Socket } from 'node:net';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import pg from 'pg';
import { list } from './api.ts';
import { port, state, vss } from './stack.ts';
import { until } from './until.ts';

export type Label = 'auto' | 'mf' | 'ls';
const folder = (label: Label): string => join(state, 'hubs', process.env.VSS_DB ?? 'vss', label);
const ca = (): string => readFileSync(join(state, 'ca', 'ca.crt'), 'utf8');

export const hub = async (label: Label): Promise<any> => (await list('/ottb/hubs')).find((h) => h.label === label)!;
export const reachable = (label: Label, limit = 40_000): Promise<any> =>
  until(`hub ${label} is in reach and runs its configuration`, async () => {
    const now = await hub(label);
    return now.linked && !now.unreachable && now.config.in_sync ? now : null;
  }, limit);

/** The journal of a running archont, as it lies on its disk. */
export function journal<T = any>(label: Label, sql: string, ...values: (string | number)[]): T[] {
  const db = new DatabaseSync(join(folder(label), 'journal.sqlite'), { readOnly: true });
  try {
    return db.prepare(sql).all(...values) as T[];
  } finally {
    db.close();
  }
}
export const waiting = (label: Label, spool: 'message' | 'report' | 'cdr'): number => journal(label, `select count(*) as n from ${spool}`)[0]!.n;
export const running = (label: Label): any => JSON.parse(journal(label, "select value from value where key = 'config'")[0]!.value);

/** A request on the link listener with that hub's certificate, or with none. */
export function say(label: Label | null, path: string, body: unknown): Promise<{ status: number; type: string; body: any }> {
  const who = label ? { cert: readFileSync(join(folder(label), 'hub.crt')), key: readFileSync(join(folder(label), 'hub.key')) } : {};
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return new Promise((done, failed) => {
    const asked = request({ host: '127.0.0.1', port: port('LINK'), path, method: 'POST', ca: ca(), ...who, agent: false, headers: { 'content-type': 'application/json' } }, (answer) => {
      let all = '';
      answer.setEncoding('utf8').on('data', (part) => (all += part)).on('end', () => {
        const type = answer.headers['content-type'] ?? '';
        done({ status: answer.statusCode!, type, body: type.includes('json') ? JSON.parse(all) : all });
      });
    });
    asked.on('error', failed).end(text);
  });
}

/** PostgreSQL as that hub enters it: its own role, its own password, over TLS unless told otherwise. */
export async function database(label: Label, tls = true, user = ''): Promise<pg.Client> {
  const config = running(label), { short_id } = await hub(label);
  const word = (key: string): string => new RegExp(`${key}=(\\S+)`).exec(config.cdr_conninfo)![1]!;
  const client = new pg.Client({
    host: word('host'), port: Number(word('port')), database: word('dbname'), user: user || `hub_${short_id}`, password: config.cdr_password, ssl: tls ? { ca: ca() } : false,
  });
  client.on('error', () => {});
  await client.connect();
  return client;
}

export interface Cable { cut(): void; mend(): void; snap(): void; remove(): Promise<void> }

/** Leads a hub's link (and only it: REST, SIP and the queue go on) over a cable of ours. `cut`: nothing passes and nobody is told;
 *  `mend`: what hung in it is reset; `snap`: reset at once. */
export async function cable(label: Label): Promise<Cable> {
  const pairs = new Set<[Socket, Socket]>();
  let whole = true;
  const carry = (from: Socket, to: Socket): unknown => from.on('data', (bytes) => whole && to.write(bytes));
  const server = createServer((near) => {
    const far = connect(port('LINK'), '127.0.0.1'), pair: [Socket, Socket] = [near, far];
    pairs.add(pair);
    carry(near, far);
    carry(far, near);
    for (const end of pair) end.on('error', () => {}).on('close', () => { if (whole) pair.forEach((s) => s.destroy()); pairs.delete(pair); });
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const file = join(state, 'config', `archont-${label}.toml`), before = readFileSync(file, 'utf8');
  writeFileSync(file, before.replace(/(link = "wss:\/\/127\.0\.0\.1:)\d+/, `$1${(server.address() as AddressInfo).port}`));
  await vss('restart', `archont-${label}`);
  await reachable(label);
  const snap = (): void => pairs.forEach((pair) => pair.forEach((s) => s.destroy()));
  return {
    snap,
    cut: () => { whole = false; },
    mend: () => { whole = true; snap(); },
    remove: async () => {
      writeFileSync(file, before);
      await vss('restart', `archont-${label}`);
      snap();
      server.close();
      await reachable(label);
    },
  };
}
