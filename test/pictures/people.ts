// People who are there for the pictures only: one of each role that is asked for, shut out again at the end.
import { randomBytes } from 'node:crypto';
import { ApiError, call, list, post } from '../parts/api.ts';
import { api } from '../parts/stack.ts';

export interface Guest { id: string; login: string; password: string }

const json = { 'content-type': 'application/json' };

async function changed(login: string, current: string, next: string): Promise<void> {
  const signed = await fetch(`${api}/point/login`, { method: 'POST', headers: json, body: JSON.stringify({ login, password: current }) });
  if (!signed.ok) throw new Error(`${login} cannot sign in: ${signed.status} ${await signed.text()}`);
  const { access_token } = (await signed.json()) as { access_token: string };
  const answer = await fetch(`${api}/point/me/password`, { method: 'POST', headers: { ...json, authorization: `Bearer ${access_token}` }, body: JSON.stringify({ current, next }) });
  if (!answer.ok) throw new Error(`${login} cannot change the password: ${answer.status} ${await answer.text()}`);
}

async function set(id: string, change: { state?: string; roles?: string[] }): Promise<void> {
  const now = await call<{ version: number }>('root', 'GET', `/point/people/${id}`);
  const answer = await call('root', 'PATCH', `/point/people/${id}`, change, { 'if-match': `"${now.body.version}"` });
  if (answer.status >= 300) throw new ApiError(answer.status, answer.body);
}

const guests = new Map<string, Guest>();

/** Somebody of this role with a password of this run. */
export async function guest(role: string): Promise<Guest> {
  const known = guests.get(role);
  if (known) return known;
  const login = `picture-${role}`;
  const there = (await list<{ id: string; login: string }>('/point/people', 'root')).find((one) => one.login === login);
  let id: string;
  let first: string;
  if (there) {
    id = there.id;
    await set(id, { state: 'active', roles: [role] });
    first = (await post(`/point/people/${id}/one-time-password`, {}, 'root')).password;
  } else {
    const made = await post('/point/people', { login, display_name: `Demo ${role}`, roles: [role] }, 'root');
    id = made.person.id;
    first = made.first_password.password;
  }
  const password = `${randomBytes(9).toString('hex')} long phrase`;
  await changed(login, first, password);
  const made = { id, login, password };
  guests.set(role, made);
  return made;
}

export async function shutOut(): Promise<void> {
  for (const { id } of guests.values()) await set(id, { state: 'disabled' });
}
