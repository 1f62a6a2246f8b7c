// What the server says of the beginning of the file before anything is stored: above all how many numbers have no known time zone.
import { queryOptions } from '@tanstack/react-query';
import type { Schemas } from '@/api/client.ts';
import { Problem, problemOf, unreachable } from '@/api/problem.ts';
import { delimiterNames } from './csv.ts';
import { type Mapping, queryOf } from './mapping.ts';
import type { FileHead } from './read-file.ts';

export type ServerCheck = Schemas['import_preview'];

const most = 900_000; // bytes that are sent

async function check(file: File, head: FileHead, mapping: Mapping, signal: AbortSignal): Promise<ServerCheck | null> {
  const query = new URLSearchParams(queryOf(mapping, delimiterNames[head.delimiter], ''));
  if (file.size > most) query.set('cut', 'yes');
  let answer: Response;
  try {
    answer = await fetch(`/ottb/imports/preview?${query}`, { method: 'POST', credentials: 'same-origin', headers: { 'content-type': 'text/csv' }, body: file.slice(0, most), signal });
  } catch (why) {
    if (signal.aborted) throw why;
    throw unreachable(why);
  }
  const body: unknown = await answer.json().catch(() => null);
  if (answer.ok) return body as ServerCheck;
  throw problemOf(answer.status, body);
}

export const serverCheckQuery = (file: File, head: FileHead, mapping: Mapping) =>
  queryOptions({
    queryKey: ['import-check', file.name, file.size, file.lastModified, head.delimiter, mapping],
    queryFn: ({ signal }) => check(file, head, mapping, signal),
    staleTime: Infinity,
    gcTime: 60_000,
    refetchOnWindowFocus: false,
    retry: (count, why) => count < 1 && (!(why instanceof Problem) || why.status >= 500),
  });
