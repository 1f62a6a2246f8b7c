// Which column of the file holds what: suggested by the header's words as the server does it (src/ottb/import_row.cpp). Pure.

export const members = ['phone', 'zone', 'consent', 'consent_source', 'consent_at', 'priority'] as const;
export type Member = (typeof members)[number];

export interface Mapping {
  columns: Record<Member, string>; // "": none
  region: string; // ISO country of numbers in national format
  zone_default: string;
  consent_all: string; // asserts consent for the whole file, and says from where
}

const usual: Record<Member, readonly string[]> = {
  phone: ['phone', 'number', 'telephone', 'msisdn', 'phone_number', 'телефон', 'номер'],
  zone: ['zone', 'timezone', 'time_zone', 'tz', 'часовой пояс', 'зона'],
  consent: ['consent', 'согласие'],
  consent_source: ['consent_source', 'источник согласия'],
  consent_at: ['consent_at', 'consent_date', 'дата согласия'],
  priority: ['priority', 'приоритет'],
};
const folded = (text: string) => text.trim().toLocaleLowerCase();

export function suggest(header: readonly string[]): Record<Member, string> {
  const find = (member: Member) => {
    for (const name of usual[member]) {
      const found = header.find((one) => folded(one) === name);
      if (found !== undefined) return found;
    }
    return '';
  };
  return Object.fromEntries(members.map((member) => [member, find(member)])) as Record<Member, string>;
}

export const emptyMapping: Mapping = { columns: { phone: '', zone: '', consent: '', consent_source: '', consent_at: '', priority: '' }, region: '', zone_default: '', consent_all: '' };

/** The query of POST /ottb/campaigns/{campaign}/leads. */
export function queryOf(mapping: Mapping, delimiter: string, filename: string): Record<string, string> {
  const out: Record<string, string> = { delimiter };
  const name = filename.replace(/[/\\\r\n]/g, '_').slice(-200);
  if (name) out['filename'] = name;
  for (const member of members) if (mapping.columns[member]) out[member] = mapping.columns[member];
  if (mapping.region) out['region'] = mapping.region;
  if (mapping.zone_default) out['zone_default'] = mapping.zone_default;
  if (mapping.consent_all.trim().length >= 3) out['consent_all'] = mapping.consent_all.trim();
  return out;
}

export type MappingMistake = 'noPhone' | 'twice' | 'region' | 'zone' | 'consentAll';

export function isZone(zone: string): boolean {
  try {
    Intl.DateTimeFormat('en', { timeZone: zone });
  } catch {
    return false;
  }
  return zone.includes('/') || zone === 'UTC';
}

export function mappingMistakes({ columns, region, zone_default, consent_all }: Mapping): MappingMistake[] {
  const out: MappingMistake[] = [];
  if (!columns.phone) out.push('noPhone');
  const chosen = members.map((member) => columns[member]).filter(Boolean);
  if (new Set(chosen).size < chosen.length) out.push('twice');
  if (region && !/^[A-Z]{2}$/.test(region)) out.push('region');
  if (zone_default && !isZone(zone_default)) out.push('zone');
  if (consent_all.trim() !== '' && consent_all.trim().length < 3) out.push('consentAll');
  return out;
}
