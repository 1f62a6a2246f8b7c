// Roles against permissions. Pure.
import type { Permission, Role } from './questions.ts';

export interface ModulePart {
  module: string;
  permissions: Permission[];
}

const order = ['ottb', 'dci', 'workspace', 'point', 'link'];
const rank = (module: string) => (order.includes(module) ? order.indexOf(module) : order.length);

/** Permissions by their module, each module's in the order of their names. */
export function byModule(permissions: readonly Permission[], q = ''): ModulePart[] {
  const words = q.toLowerCase();
  const groups = Map.groupBy(permissions.filter((one) => `${one.name} ${one.meaning}`.toLowerCase().includes(words)), (one) => one.name.split('.')[0]!);
  return [...groups]
    .map(([module, list]) => ({ module, permissions: list.toSorted((a, b) => a.name.localeCompare(b.name)) }))
    .toSorted((a, b) => rank(a.module) - rank(b.module) || a.module.localeCompare(b.module));
}

/** The columns: people's roles, and machines' where asked for; who may do everything comes first. */
export const columnsOf = (roles: readonly Role[], machines: boolean): Role[] =>
  roles.filter((role) => machines || !role.machine).toSorted((a, b) => Number(a.machine) - Number(b.machine) || Number(b.name === 'root') - Number(a.name === 'root') || a.name.localeCompare(b.name));

export interface Change {
  given: string[];
  taken: string[];
}

export function changeOf(before: readonly string[], after: ReadonlySet<string>): Change {
  const had = new Set(before);
  return { given: [...after].filter((one) => !had.has(one)).toSorted(), taken: before.filter((one) => !after.has(one)).toSorted() };
}

/** What one wanted, put on what stands now after somebody else changed it. */
export function rebase(now: readonly string[], change: Change): Set<string> {
  const out = new Set(now);
  for (const one of change.given) out.add(one);
  for (const one of change.taken) out.delete(one);
  return out;
}
