// People as the list shows them. Pure.
import type { PeopleSearch } from './search.ts';
import type { Person, Session } from './questions.ts';

export interface Presence {
  sessions: number;
  seen: string; // the latest moment of any session
}

/** Who is signed in: by person's id. */
export function presenceOf(sessions: readonly Session[]): Map<string, Presence> {
  const out = new Map<string, Presence>();
  for (const one of sessions) {
    if (!one.person) continue;
    const known = out.get(one.person);
    out.set(one.person, { sessions: (known?.sessions ?? 0) + 1, seen: known && known.seen > one.seen_at ? known.seen : one.seen_at });
  }
  return out;
}

export function chosenPeople(people: readonly Person[], { q, role, state }: PeopleSearch): Person[] {
  const words = (q ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  return people.filter((person) => {
    if (state && person.state !== state) return false;
    if (role && !person.roles.includes(role)) return false;
    const where = `${person.login} ${person.display_name}`.toLowerCase();
    return words.every((word) => where.includes(word));
  });
}

export const loginForm = /^[a-z0-9][a-z0-9._@-]{1,62}$/;
