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

const areas = ('201 203 205 206 207 208 209 210 212 213 214 215 216 217 218 219 224 225 228 229 231 234 239 240 248 251 252 ' +
  '253 254 256 260 262 267 269 270 276 281 301 302 303 304 305 307 308 309 310 312 313 314 315 316 317 318 319 ' +
  '320 321 323 325 330 334 336 337 347 351 352 360 361 386 401 402 404 405 406 407 408 409 410 412 413 414 415 ' +
  '417 419 423 424 425 430 432 434 435 440 443 469 478 479 480 484 501 502 503 504 505 507 508 509 510 512 513 ' +
  '515 516 517 518 520 530 540 541 551 559 561 562 563 567 570 571 573 574 580 585 586 601 602 603 605 606 607 ' +
  '608 609 610 612 614 615 616 617 618 619 620').split(' ');
// Each run begins elsewhere: who was called three times in a day, or has opted out, is not called again.
let serial = Math.floor(Date.now() / 1000);
export const areaCount = areas.length;
/** A reserved fictional number with those last two digits; every call of this function gives another one. */
export const number = (lastTwo: string): string => `+1${areas[serial++ % areas.length]}55501${lastTwo}`;

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
