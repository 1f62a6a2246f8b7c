// What an entry of the audit log says: what was before and after, and the rest. Pure.

export interface Difference {
  name: string;
  before: unknown;
  after: unknown;
  given: string[]; // where both are lists
  taken: string[];
}

const asList = (value: unknown): string[] | null => (Array.isArray(value) && value.every((one) => typeof one === 'string') ? (value as string[]) : null);

/** `roles` beside `roles_before` is a difference; what stayed the same is none. */
export function differencesOf(detail: Record<string, unknown>): { differences: Difference[]; rest: [string, unknown][] } {
  const differences: Difference[] = [];
  const rest: [string, unknown][] = [];
  for (const [name, value] of Object.entries(detail)) {
    if (name.endsWith('_before') && name.slice(0, -7) in detail) continue;
    const before = detail[`${name}_before`];
    if (!(`${name}_before` in detail)) rest.push([name, value]);
    else if (JSON.stringify(before) !== JSON.stringify(value)) {
      const [was, is] = [asList(before), asList(value)];
      differences.push({ name, before, after: value, given: was && is ? is.filter((one) => !was.includes(one)) : [], taken: was && is ? was.filter((one) => !is.includes(one)) : [] });
    } else rest.push([name, value]);
  }
  return { differences, rest };
}

export const shownValue = (value: unknown): string => (typeof value === 'string' ? value : value === null || value === undefined ? '—' : Array.isArray(value) && asList(value) ? value.join(', ') || '—' : JSON.stringify(value));

/** "person:0190..." in its kind and what follows; a path of the API has no kind. */
export function objectOf(object: string): { kind: string | null; id: string } {
  const found = /^([a-z_]+):(.*)$/.exec(object);
  return found ? { kind: found[1]!, id: found[2]! } : { kind: null, id: object };
}

export interface Finding {
  kind: string;
  seq: number;
  message: string;
}

/** The first entry that is not as it was written; a checkpoint's own trouble has a line, not an entry. */
export function firstBad(findings: readonly Finding[]): number | null {
  const seqs = findings.filter((one) => one.kind !== 'checkpoint' && one.seq > 0).map((one) => one.seq);
  return seqs.length > 0 ? Math.min(...seqs) : null;
}
