// What the campaign's rules will say to such a file, before anything is sent. Pure.
import type { Schemas } from '@/api/client.ts';
import type { Counts } from './check.ts';
import type { Mapping } from './mapping.ts';

export type LegalCode = 'advertising' | 'consentAll' | 'consentSome' | 'consentNone' | 'consentGood' | 'sourceMissing' | 'windows' | 'noWindows' | 'zones' | 'country' | 'dnc';
export interface LegalLine {
  code: LegalCode;
  tone: 'good' | 'warn' | 'bad' | 'plain';
  count?: number;
}

export function legalLines(purpose: string, rules: Schemas['profile_document'], mapping: Mapping, counts: Counts): LegalLine[] {
  const out: LegalLine[] = [];
  if (purpose === 'advertising' && !rules.machine_advertising) out.push({ code: 'advertising', tone: 'bad' });
  if (rules.consent_required) {
    const asserted = mapping.consent_all.trim() !== '';
    if (asserted) out.push({ code: 'consentAll', tone: 'warn' });
    else if (counts.rows > 0 && counts.noConsent === counts.rows) out.push({ code: 'consentNone', tone: 'bad', count: counts.noConsent });
    else if (counts.noConsent > 0) out.push({ code: 'consentSome', tone: 'warn', count: counts.noConsent });
    else out.push({ code: 'consentGood', tone: 'good' });
    if (!asserted && counts.noConsent < counts.rows && !mapping.columns.consent_source) out.push({ code: 'sourceMissing', tone: 'warn' });
  }
  const windows = (rules.windows ?? []).length > 0;
  out.push(windows ? { code: 'windows', tone: 'good' } : { code: 'noWindows', tone: 'warn' });
  if (windows && counts.noZone > 0) out.push({ code: 'zones', tone: 'plain', count: counts.noZone });
  if (mapping.region && (rules.countries ?? []).length > 0 && !rules.countries!.includes(mapping.region)) out.push({ code: 'country', tone: 'bad' });
  out.push({ code: 'dnc', tone: 'plain' });
  return out;
}
