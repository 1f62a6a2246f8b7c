// The public REST API with a token of a role, nothing else.
import { admin, api } from './stack.ts';

export interface Told { title?: string; detail?: string; problems?: { pointer: string; message: string }[] }

export class ApiError extends Error {
  readonly status: number;
  readonly problem: Told;
  constructor(status: number, problem: Told) {
    super(`${status} ${problem.title ?? ''} ${problem.detail ?? ''} ${JSON.stringify(problem.problems ?? '')}`);
    this.status = status;
    this.problem = problem;
  }
}

const tokens = new Map<string, Promise<string>>();
export const token = (role: string): Promise<string> => {
  if (!tokens.has(role)) tokens.set(role, admin('token', '--role', role));
  return tokens.get(role)!;
};

export interface Answer<T> { status: number; body: T; headers: Headers }

export async function call<T = any>(role: string | null, method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer<T>> {
  const all: Record<string, string> = { ...headers };
  if (role) all.authorization = `Bearer ${await token(role)}`;
  if (body !== undefined && !all['content-type']) all['content-type'] = 'application/json';
  const answer = await fetch(api + path, { method, headers: all, body: body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body) });
  const text = await answer.text();
  const parsed = text && (answer.headers.get('content-type') ?? '').includes('json') ? JSON.parse(text) : text;
  return { status: answer.status, body: parsed as T, headers: answer.headers };
}

async function good<T>(role: string, method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<T> {
  const answer = await call<T>(role, method, path, body, headers);
  if (answer.status >= 300) throw new ApiError(answer.status, answer.body as any);
  return answer.body;
}

export const get = <T = any>(path: string, role = 'admin'): Promise<T> => good<T>(role, 'GET', path);
export const post = <T = any>(path: string, body: unknown = {}, role = 'admin', headers?: Record<string, string>): Promise<T> => good<T>(role, 'POST', path, body, headers);
export const put = <T = any>(path: string, body: unknown, role = 'admin', headers?: Record<string, string>): Promise<T> => good<T>(role, 'PUT', path, body, headers);
export const del = <T = any>(path: string, role = 'admin'): Promise<T> => good<T>(role, 'DELETE', path);

/** All pages of a list. */
export async function list<T = any>(path: string, role = 'admin'): Promise<T[]> {
  const out: T[] = [];
  let after = '';
  do {
    const page = await get<{ items: T[]; next?: string }>(`${path}${path.includes('?') ? '&' : '?'}limit=500${after && `&after=${encodeURIComponent(after)}`}`, role);
    out.push(...page.items);
    after = page.next ?? '';
  } while (after);
  return out;
}
