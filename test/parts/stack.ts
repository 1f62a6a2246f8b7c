// The running platform under test, as ./vss made it: where things are, and what an operator can ask.
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const need = (name: string): string => {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run through ./vss test`);
  return value;
};

export const home = need('VSS_HOME');
export const state = need('VSS_VAR');
export const port = (name: string): number => Number(need(`PORT_${name}`));
export const ip = { kamailio: '127.0.0.1', asterisk: '127.0.0.2', carrierA: '127.0.0.3', carrierB: '127.0.0.4', rogue: '127.0.0.9' };
export const api = `http://127.0.0.1:${port('API')}`;

export interface Status { ready: boolean; processes: { name: string; pid: number; port: number }[] }

/** `./vss status --json`, as an operator's script would read it. */
export async function status(): Promise<Status> {
  const { stdout } = await run(join(home, 'vss'), ['status', '--json']).catch((e) => e as { stdout: string });
  return JSON.parse(stdout);
}

export async function pid(name: string): Promise<number> {
  const found = (await status()).processes.find((p) => p.name === name);
  if (!found) throw new Error(`no process ${name} in ./vss status`);
  return found.pid;
}

/** `./vss admin ...`; its standard output. */
export async function admin(...argv: string[]): Promise<string> {
  const { stdout } = await run(join(home, 'vss'), ['admin', ...argv]);
  return stdout.trim();
}

/** `./vss start|stop|restart NAME...`, as an operator would. */
export const vss = async (...argv: string[]): Promise<void> => void (await run(join(home, 'vss'), argv));

export const secretFile = (name: string): string => readFileSync(join(state, 'secrets', name), 'utf8').trim();
