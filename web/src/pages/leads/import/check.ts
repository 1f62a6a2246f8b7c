// What the file looks like before it is sent: counted here row by row, so that nobody waits for the server to say it. The server has the last word. Pure.
import type { CsvRow } from './csv.ts';
import { isZone, type Mapping } from './mapping.ts';

export interface Counts {
  rows: number;
  bad: number; // the server will refuse them
  twice: number; // the number stands in the file before
  national: number; // without a country code and without a default region
  noZone: number; // no time zone given: the server looks it up by the number
  badZone: number;
  noConsent: number;
}

const yes = new Set(['yes', 'y', 'true', '1', 'да', 'есть']);
const no = new Set(['', 'no', 'n', 'false', '0', 'нет']);

/** The digits of a number as it will stand, or "" where it can be none. */
export function digitsOf(text: string): string {
  const plus = text.trim().startsWith('+');
  const digits = text.replace(/\D/g, '');
  if (/[^\d\s()+./-]/.test(text.replace(/\u00A0/g, ' ')) || digits.length < 7 || digits.length > 15) return '';
  return plus ? `+${digits}` : digits;
}

export class Checker {
  readonly counts: Counts = { rows: 0, bad: 0, twice: 0, national: 0, noZone: 0, badZone: 0, noConsent: 0 };
  #at: { phone: number; zone: number; consent: number };
  #mapping: Mapping;
  #width: number;
  #seen = new Set<string>();
  #zones = new Map<string, boolean>();

  constructor(header: readonly string[], mapping: Mapping) {
    const column = (name: string) => (name === '' ? -1 : header.indexOf(name));
    this.#at = { phone: column(mapping.columns.phone), zone: column(mapping.columns.zone), consent: column(mapping.columns.consent) };
    this.#mapping = mapping;
    this.#width = header.length;
  }

  take({ fields, fault }: CsvRow): void {
    const counts = this.counts;
    counts.rows += 1;
    const text = (at: number) => fields[at]?.trim() ?? '';
    const digits = digitsOf(text(this.#at.phone));
    const consent = text(this.#at.consent).toLocaleLowerCase();
    const zone = text(this.#at.zone) || this.#mapping.zone_default;
    const zoneGood = zone === '' || this.#isZone(zone);
    const consentGood = this.#at.consent < 0 || yes.has(consent) || no.has(consent);
    if (fault || digits === '' || fields.length > this.#width || !zoneGood || !consentGood) counts.bad += 1;
    else if (this.#seen.has(digits)) counts.twice += 1;
    if (digits) this.#seen.add(digits);
    if (digits && !digits.startsWith('+') && !this.#mapping.region) counts.national += 1;
    if (zone === '') counts.noZone += 1;
    if (!zoneGood) counts.badZone += 1;
    if (!yes.has(consent) && this.#mapping.consent_all.trim() === '') counts.noConsent += 1;
  }

  #isZone(zone: string): boolean {
    let known = this.#zones.get(zone);
    if (known === undefined) this.#zones.set(zone, (known = isZone(zone)));
    return known;
  }
}
