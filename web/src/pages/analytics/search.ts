// What is looked at, in the URL.
import { oneOf, present, text } from '@/parts/search-text.ts';
import { type Grouping, groupings } from './types.ts';

export const ranges = ['today', 'yesterday', '24h', '7d', '30d', 'own'] as const;
export type Range = (typeof ranges)[number];

export interface AnalyticsSearch {
  by?: Grouping; // hour without
  range?: Range; // 24h without
  from?: string; // of a range of one's own, RFC 3339
  to?: string;
  campaign?: string;
  direction?: 'inbound' | 'internal' | 'all'; // outbound without
  kiosk?: 'yes';
}

const moment = (value: unknown): string | undefined => {
  const given = text(value, 40);
  return given && !Number.isNaN(Date.parse(given)) ? new Date(given).toISOString() : undefined;
};

export function analyticsSearch(search: Record<string, unknown>): AnalyticsSearch {
  const by = oneOf(search['by'], groupings);
  const range = oneOf(search['range'], ranges);
  const campaign = text(search['campaign'], 36);
  return present({
    by: by === 'hour' ? undefined : by,
    range: range === '24h' ? undefined : range,
    ...(range === 'own' ? { from: moment(search['from']), to: moment(search['to']) } : {}),
    campaign: campaign && /^[0-9a-f-]{36}$/.test(campaign) ? campaign : undefined,
    direction: oneOf(search['direction'], ['inbound', 'internal', 'all']),
    kiosk: oneOf(search['kiosk'], ['yes']),
  });
}
