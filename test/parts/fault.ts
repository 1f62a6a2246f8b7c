// Breaking the running platform on purpose, at a moment when it hurts, and seeing it whole again.
import { readFileSync, writeFileSync } from 'node:fs';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { rows } from './db.ts';
import { pid, port, state, status, vss } from './stack.ts';
import { until } from './until.ts';
import type { Campaign } from './campaign.ts';

export interface Moment { ringing: number; up: number; queued: number }

/** The next moment when at least five calls ring, five are up and attempts are queued. */
export const busyMoment = (campaign: Campaign): Promise<Moment> =>
  until('five calls ring, five are up and attempts are queued', async () => {
    const [now] = await rows<Moment & { [k: string]: unknown }>(`select count(*) filter (where state = 'ringing')::int as ringing,
      count(*) filter (where state = 'answered')::int as up, count(*) filter (where state = 'queued')::int as queued
      from ottb.attempt where campaign_id = $1 and state not in ('done', 'returned')`, campaign.id);
    return now && now.ringing >= 5 && now.up >= 5 && now.queued >= 1 ? { ringing: now.ringing, up: now.up, queued: now.queued } : null;
  }, 90_000, 5);

/** kill -9 of the process itself (not of its guard); resolves to when it was done. */
export async function killed(name: string): Promise<number> {
  process.kill(await pid(name), 'SIGKILL');
  return Date.now();
}

/** Everything answers again. */
export const whole = (limit = 60_000): Promise<unknown> => until('the platform is ready again', async () => (await status()).ready, limit, 250);

/** A call that began after `since` was answered. */
export const callsAgain = (campaign: Campaign, since: number, limit = 60_000): Promise<unknown> =>
  until('a call that began afterwards is answered', async () =>
    (await rows('select 1 from ottb.attempt where campaign_id = $1 and queued_at > $2 and answered_at is not null limit 1', campaign.id, new Date(since)))[0],
  limit, 100);

/** One hub's link led through a line that can be cut; nothing else of the hub is touched. */
export class CutLine {
  private server: Server | null = null;
  private readonly ends = new Set<Socket>();
  private readonly file: string;
  private readonly before: string;
  private readonly at = Number(process.env.VSS_PORT_BASE) + 12;

  constructor(private readonly hub: string) {
    this.file = join(state, 'config', `${hub}.toml`);
    this.before = readFileSync(this.file, 'utf8');
  }
  async lay(): Promise<void> {
    await this.mend();
    writeFileSync(this.file, this.before.replace(/wss:\/\/127\.0\.0\.1:\d+/, `wss://127.0.0.1:${this.at}`));
    await vss('restart', this.hub);
  }
  mend(): Promise<void> {
    this.server = createServer((near) => {
      const far = connect(port('LINK'), '127.0.0.1');
      for (const [end, other] of [[near, far], [far, near]] as const) {
        this.ends.add(end);
        end.on('error', () => other.destroy()).on('close', () => { this.ends.delete(end); other.destroy(); });
        end.pipe(other);
      }
    });
    return new Promise((done, fail) => this.server!.once('error', fail).listen(this.at, '127.0.0.1', done));
  }
  /** Refuses from now on and breaks what is open. */
  async cut(): Promise<void> {
    const closed = new Promise((done) => this.server!.close(done));
    for (const end of this.ends) end.destroy();
    await closed;
    this.server = null;
  }
  async remove(): Promise<void> {
    writeFileSync(this.file, this.before);
    await vss('restart', this.hub);
    if (this.server) await this.cut();
  }
}
