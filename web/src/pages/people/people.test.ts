import { expect, test } from 'vitest';
import { chosenPeople, loginForm, presenceOf } from './people.ts';
import type { Person, Session } from './questions.ts';

const person = (login: string, display_name: string, roles: string[], state: 'active' | 'disabled' = 'active'): Person => ({ id: login, login, display_name, roles, state, must_change: false, version: 1, created_at: '', updated_at: '' });
const session = (of: string | undefined, seen_at: string): Session => ({ id: seen_at, person: of, created_at: '', seen_at, expires_at: '', address: '', agent: '' });

const people = [person('a.petrova', 'Анна Петрова', ['supervisor']), person('ivan', 'Иван Кузнецов', ['engineer', 'viewer']), person('old', 'Пётр Анин', ['engineer'], 'disabled')];
const logins = (search: Parameters<typeof chosenPeople>[1]) => chosenPeople(people, search).map((one) => one.login);

test('people by words of name and login, role and state', () => {
  expect(logins({})).toEqual(['a.petrova', 'ivan', 'old']);
  expect(logins({ q: 'ан' })).toEqual(['a.petrova', 'ivan', 'old']);
  expect(logins({ q: 'анна петр' })).toEqual(['a.petrova']);
  expect(logins({ role: 'engineer', state: 'active' })).toEqual(['ivan']);
  expect(logins({ q: 'nobody' })).toEqual([]);
});

test('who is signed in, and when last seen', () => {
  const presence = presenceOf([session('ivan', '2026-11-23T10:00:00Z'), session('ivan', '2026-11-23T09:00:00Z'), session(undefined, '2026-11-23T11:00:00Z')]);
  expect(presence.get('ivan')).toEqual({ sessions: 2, seen: '2026-11-23T10:00:00Z' });
  expect(presence.size).toBe(1);
});

test('logins as the server takes them', () => {
  for (const good of ['ab', 'a.b-c_d@e', '7eleven']) expect(loginForm.test(good), good).toBe(true);
  for (const bad of ['a', 'Anna', '.anna', 'анна', 'a b', 'a'.repeat(64)]) expect(loginForm.test(bad), bad).toBe(false);
});
