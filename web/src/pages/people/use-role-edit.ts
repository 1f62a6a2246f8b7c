// A role while it is being edited: what was ticked, what that changes, and the version it was made from.
import { useState } from 'react';
import { changeOf, type Change, rebase } from './matrix.ts';
import type { Role } from './questions.ts';

const nothing: ReadonlySet<string> = new Set();

interface Draft {
  from: Role;
  chosen: ReadonlySet<string>;
}

export interface RoleEdit {
  from: Role | undefined;
  chosen: ReadonlySet<string>;
  change: Change;
  toggle: (permission: string) => void;
  reset: () => void;
  rebaseOn: (role: Role) => void;
}

export function useRoleEdit(role: Role | undefined): RoleEdit {
  const [kept, setKept] = useState<Draft | null>(null);
  const fresh = role ? { from: role, chosen: new Set(role.permissions) } : null;
  // A draft of another role, or one that changes nothing, gives way to what stands now.
  const mine = kept && role && kept.from.name === role.name ? kept : null;
  const change = mine ? changeOf(mine.from.permissions, mine.chosen) : { given: [], taken: [] };
  const draft = mine && change.given.length + change.taken.length > 0 ? mine : fresh;
  return {
    from: draft?.from,
    chosen: draft?.chosen ?? nothing,
    change,
    toggle: (permission) => {
      if (!draft) return;
      const chosen = new Set(draft.chosen);
      if (!chosen.delete(permission)) chosen.add(permission);
      setKept({ from: draft.from, chosen });
    },
    reset: () => setKept(null),
    rebaseOn: (now) => setKept({ from: now, chosen: rebase(now.permissions, change) }),
  };
}
