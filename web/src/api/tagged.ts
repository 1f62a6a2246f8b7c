// What is read together with its version, so that a change can say which version it knows.
import { ask } from './client.ts';

export interface Tagged<T> {
  data: T;
  tag: string; // goes back as If-Match, quotes and all
}

interface Outcome<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

export async function askTagged<T>(asked: Promise<Outcome<T>>): Promise<Tagged<NonNullable<T>>> {
  const outcome = await asked;
  return { data: await ask(Promise.resolve(outcome)), tag: outcome.response.headers.get('ETag') ?? '"0"' };
}
