// How questions to the server are kept and repeated.
import { QueryClient } from '@tanstack/react-query';
import { isPassing } from './api/problem.ts';

/** Asking again helps where the server was away or too busy, not where it refused. */
export const worthAgain = (count: number, why: unknown): boolean => count < 2 && isPassing(why);

export const queries = new QueryClient({
  defaultOptions: { queries: { staleTime: 5_000, retry: worthAgain, refetchOnWindowFocus: true, networkMode: 'always' }, mutations: { networkMode: 'always' } },
});
