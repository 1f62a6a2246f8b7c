// The one way to the REST API. An answer is its data; a refusal is thrown as a Problem; a lost session is told to whoever listens.
import createClient from 'openapi-fetch';
import { problemOf, unreachable } from './problem.ts';
import type { components, paths } from './schema.d.ts';

export type Schemas = components['schemas'];

let lost: () => void = () => undefined;
/** What happens when the server no longer knows the session. */
export function onSessionLost(what: () => void): void {
  lost = what;
}

const within = (deadline: number) => async (request: Request): Promise<Response> => {
  const signal = AbortSignal.any([request.signal, AbortSignal.timeout(deadline)]);
  try {
    return await fetch(request, { signal });
  } catch (why) {
    if (request.signal.aborted) throw why;
    throw unreachable(why);
  }
};

export const api = createClient<paths>({ baseUrl: '/', credentials: 'same-origin', fetch: within(20_000) });

/** For what the server works on for minutes: `fetch: patient` among the call's options. */
export const patient = within(900_000);

interface Outcome<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** The data of an answer, or the Problem thrown. */
export async function ask<T>(asked: Promise<Outcome<T>>): Promise<NonNullable<T>> {
  const { data, error, response } = await asked;
  if (response.ok) return data as NonNullable<T>;
  const problem = problemOf(response.status, error);
  // A wrong password at the login, or a code that is due, is no lost session.
  if (response.status === 401 && !new URL(response.url, location.origin).pathname.startsWith('/point/browser/')) lost();
  throw problem;
}
