// The states of what was asked of the server: being loaded, failed (offline, forbidden), old with its age, and its content.
import { Box } from '@mantine/core';
import type { ReactNode } from 'react';
import { Failed, Loading, StaleNote } from './states.tsx';

/** What TanStack Query says about a question, as much of it as is needed here. */
export interface Asked<T> {
  data: T | undefined;
  isPending: boolean;
  isError: boolean;
  error: unknown;
  dataUpdatedAt: number;
  refetch: () => unknown;
}

export function Answer<T>({ of, rows, children }: { of: Asked<T>; rows?: number; children: (data: T) => ReactNode }) {
  if (of.data === undefined) return of.isError ? <Failed why={of.error} onRetry={() => void of.refetch()} /> : <Box p="sm"><Loading rows={rows} /></Box>;
  return (
    <>
      {of.isError && <StaleNote heard={of.dataUpdatedAt} />}
      {children(of.data)}
    </>
  );
}
