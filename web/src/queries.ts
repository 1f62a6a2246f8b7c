// How questions to the server are kept and repeated.
import { QueryClient } from '@tanstack/react-query';
import { Problem } from './api/problem.ts';

/** Asking again helps where the server was away or too busy, not where it refused. */
export const worthAgain = (count: number, why: unknown): boolean => count < 2 && (!(why instanceof Problem) || why.status === 0 || why.status === 429 || why.status >= 500);

export const queries = new QueryClient({
  defaultOptions: { queries: { staleTime: 5_000, retry: worthAgain, refetchOnWindowFocus: true, networkMode: 'always' }, mutations: { networkMode: 'always' } },
});
