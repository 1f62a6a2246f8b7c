// What the server says when it refuses: RFC 9457, with the trail id that finds the request in its logs.

export interface Wrong {
  pointer: string;
  message: string;
}

export class Problem extends Error {
  readonly type: string;
  readonly status: number; // 0: the server was not reached
  readonly title: string;
  readonly detail: string;
  readonly trail: string | null;
  readonly problems: Wrong[];

  constructor(body: Partial<Pick<Problem, 'type' | 'status' | 'title' | 'detail' | 'trail' | 'problems'>>) {
    super(body.detail || body.title || `HTTP ${body.status ?? 0}`);
    this.name = 'Problem';
    this.type = body.type ?? 'about:blank';
    this.status = body.status ?? 0;
    this.title = body.title ?? '';
    this.detail = body.detail ?? '';
    this.trail = body.trail ?? null;
    this.problems = body.problems ?? [];
  }

  is(kind: string): boolean {
    return this.type.endsWith(`/problems/${kind}`);
  }
}

export function problemOf(status: number, body: unknown): Problem {
  const given = typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
  const text = (key: string) => (typeof given[key] === 'string' ? (given[key] as string) : undefined);
  const problems = Array.isArray(given['problems']) ? (given['problems'] as Wrong[]) : [];
  return new Problem({ status, type: text('type'), title: text('title'), detail: text('detail'), trail: text('trail') ?? null, problems });
}

/** The server was away or too busy: asking again may help. */
export const isPassing = (why: unknown): boolean => !(why instanceof Problem) || why.status === 0 || why.status === 429 || why.status >= 500;

/** The server could not be reached at all: nothing is known about what was asked. */
export const unreachable = (why: unknown): Problem =>
  new Problem({ status: 0, type: '/problems/unreachable', title: 'unreachable', detail: why instanceof Error ? why.message : String(why) });
