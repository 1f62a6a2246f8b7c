// A campaign as a supervisor makes one, over numbers whose last two digits choose what the simulated carrier does
// (engines/carrier/behaviour.conf).
import { get, list, post, call } from './api.ts';
import { ip, port } from './stack.ts';
import { until } from './until.ts';

export const callerId = '+12025550100';

/** Trunks to both carriers and a caller ID of ours; made once per platform. */
export async function ensureTrunks(): Promise<void> {
  const have = (await list('/ottb/trunks')).map((t) => t.name);
  for (const [name, host, p, priority] of [['carrier-1', ip.carrierA, port('CARRIER_A'), 1], ['carrier-2', ip.carrierB, port('CARRIER_B'), 2]] as const) {
    if (!have.includes(name)) await post('/ottb/trunks', { name, host, port: p, transport: 'udp', cps: 50, channels: 60, priority, simulated: true });
  }
  await until('the edge reaches both carriers', async () => (await list('/ottb/trunks')).filter((t) => t.name.startsWith('carrier-')).every((t) => t.health === 'up'));
  const answer = await call('admin', 'POST', '/ottb/caller-ids', { number: callerId, proof: 'test: reserved fictional number' });
  if (![200, 201, 204, 409].includes(answer.status)) throw new Error(`caller ID: ${answer.status} ${JSON.stringify(answer.body)}`);
}

let serial = 0;
/** A reserved fictional number with those last two digits; every call of this function gives another one. */
export function number(lastTwo: string): string {
  const areas = ['212', '617', '305', '404', '312', '214', '303', '602', '206', '415', '213', '503', '702', '615', '504', '313', '216', '412', '215', '202'];
  const area = areas[serial++ % areas.length];
  return `+1${area}55501${lastTwo}`;
}

export interface Campaign { id: string; name: string }

export async function makeCampaign(more: Record<string, unknown> = {}): Promise<Campaign> {
  await ensureTrunks();
  const profile = (await list('/ottb/profiles')).find((p) => p.name === 'demo');
  const flow = (await list('/ottb/flows')).find((f) => f.name === 'demo');
  return post('/ottb/campaigns', {
    name: `test ${Date.now()} ${serial++}`, mode: 'ivr', profile: profile.id, flow: flow.id, caller_id: callerId,
    max_attempts: 1, ring_seconds: 6, calls_per_second: 20, ...more,
  });
}

export const csv = (numbers: string[]): string => ['phone,consent,consent_source', ...numbers.map((n) => `${n},true,test`)].join('\n') + '\n';

export async function importLeads(campaign: Campaign, text: string): Promise<any> {
  const answer = await call('admin', 'POST', `/ottb/campaigns/${campaign.id}/leads`, text, { 'content-type': 'text/csv' });
  if (answer.status >= 300) throw new Error(`import: ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body;
}

export const progress = (campaign: Campaign): Promise<any> => get(`/ottb/campaigns/${campaign.id}/progress`);
export const start = (campaign: Campaign): Promise<any> => post(`/ottb/campaigns/${campaign.id}/start`);

export const finished = (campaign: Campaign, limit = 120_000): Promise<any> =>
  until(`campaign ${campaign.name} finishes`, async () => {
    const now = { ...(await get(`/ottb/campaigns/${campaign.id}`)), ...(await progress(campaign)) };
    return now.state === 'finished' && now.calls_now === 0 && now.queued === 0 ? now : null;
  }, limit, 250);
