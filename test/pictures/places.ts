// Every page of the console: those of web/src/pages.ts, so that a new one is not forgotten, and those that are reached from them.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { get } from '../parts/api.ts';
import { home } from '../parts/stack.ts';

export interface Place { name: string; path: string; scheme?: 'light' | 'dark' } // scheme: the page has its own, whatever the console's is

/** The paths of the list of pages, as it is written. */
export function listed(): string[] {
  const text = readFileSync(join(home, 'web/src/pages.ts'), 'utf8');
  const found = [...text.matchAll(/^\s*\{ path: '(\/[^']+)'/gm)].map((match) => match[1]!);
  const entries = text.match(/permission: '/g)?.length ?? 0;
  if (found.length === 0 || found.length !== entries) throw new Error(`web/src/pages.ts has ${entries} pages, but ${found.length} paths are read from it: one entry a line, "{ path: '/...' }" first`);
  return found;
}

async function one(what: string, path: string): Promise<any> {
  const { items } = await get<{ items: any[] }>(path, 'root');
  const found = items.at(-1);
  if (!found) throw new Error(`the platform has no ${what} to take a picture of: ./vss demo has`);
  return found;
}

const named = (path: string): Place => ({ name: path.slice(1).replaceAll('/', '-'), path });

export async function places(): Promise<Place[]> {
  const hub = await one('hub', '/ottb/hubs?limit=2');
  const campaign = await one('campaign', '/ottb/campaigns?limit=1');
  const call = await one('answered call', `/ottb/attempts?campaign=${campaign.id}&outcome=answered&limit=1`);
  const slot = await one('slot', '/ottb/slots?limit=12');
  const person = await one('person', '/point/people?limit=3');
  return [
    ...listed().map(named).map((place) => (place.path === '/floor' ? { ...place, scheme: 'dark' as const } : place)),
    { name: 'floor-light', path: '/floor?scheme=light', scheme: 'light' },
    { name: 'slot', path: `/slots/${slot.number}` },
    { name: 'hub', path: `/archonts/${hub.id}` },
    { name: 'campaign', path: `/campaigns/${campaign.id}` },
    { name: 'campaigns-new', path: '/campaigns/new' },
    ...[1, 2, 3, 4].map((step) => ({ name: `campaigns-edit-${step}`, path: `/campaigns/${campaign.id}/edit?step=${step}` })),
    { name: 'calls-history', path: '/calls?tab=history' },
    { name: 'call', path: `/calls/${call.id}` },
    { name: 'leads-of-campaign', path: `/leads?campaign=${campaign.id}` },
    { name: 'leads-import', path: `/leads/import?campaign=${campaign.id}` },
    { name: 'person', path: `/people/${person.id}` },
    ...['numbers', 'callers', 'test'].map((tab) => ({ name: `trunks-${tab}`, path: `/trunks?tab=${tab}` })),
    { name: 'wall-table', path: '/wall?view=table' },
    { name: 'account', path: '/account' },
    { name: 'nowhere', path: '/nowhere' },
  ];
}
