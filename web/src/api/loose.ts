// Routes whose types docs/openapi.json does not carry yet: the page that asks says what it expects.
import { api, ask } from './client.ts';

interface Asked {
  params?: { path?: Record<string, string>; query?: Record<string, string> };
  body?: unknown;
  signal?: AbortSignal;
}
type Verb = (path: string, asked: Asked) => Promise<{ data?: unknown; error?: unknown; response: Response }>;
const verbs = api as unknown as { GET: Verb; POST: Verb };

export const getLoose = <T>(path: string, asked: Asked = {}): Promise<T> => ask(verbs.GET(path, asked)) as Promise<T>;
export const postLoose = <T>(path: string, asked: Asked = {}): Promise<T> => ask(verbs.POST(path, asked)) as Promise<T>;
