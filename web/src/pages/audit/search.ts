// The audit explorer's filters in the URL.
import { oneOf, present, text } from '@/parts/search-text.ts';

export interface AuditSearch {
  actor?: string;
  action?: string; // a name, or a prefix ending in . or *
  object?: string;
  trail?: string;
  allowed?: 'true' | 'false';
  from?: string; // RFC 3339
  until?: string;
  seq?: string; // the entry that is shown beside
}

const moment = (value: unknown): string | undefined => {
  const given = text(value, 40);
  return given && !Number.isNaN(Date.parse(given)) ? new Date(given).toISOString() : undefined;
};
const fitting = (value: unknown, form: RegExp): string | undefined => {
  const given = text(value, 600)?.trim();
  return given && form.test(given) ? given : undefined;
};

/** What the server would refuse is left out. */
export const auditSearch = (search: Record<string, unknown>): AuditSearch =>
  present({
    actor: fitting(search['actor'], /^[ -~]{1,600}$/),
    action: fitting(search['action'], /^[a-z0-9_.]{1,100}\*?$/),
    object: fitting(search['object'], /^[ -~]{1,600}$/),
    trail: fitting(search['trail'], /^[0-9a-f-]{36}$/),
    allowed: oneOf(search['allowed'], ['true', 'false']),
    from: moment(search['from']),
    until: moment(search['until']),
    seq: fitting(search['seq'], /^[1-9]\d{0,17}$/),
  });

/** The filters without what only says which entry is shown. */
export function filterOf(search: AuditSearch): Omit<AuditSearch, 'seq'> {
  const out = { ...search };
  delete out.seq;
  return out;
}

export const filtered = (search: AuditSearch): boolean => Object.values(filterOf(search)).some((value) => value !== undefined);
