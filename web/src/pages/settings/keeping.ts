// Which months a rule takes off (src/dci/sql/005_retention.sql): those before the month that runs less so many. Pure.

export interface Month {
  month: string; // 2026-08, UTC
  bytes: number;
}

export const bytesOf = (months: readonly Month[]): number => months.reduce((sum, one) => sum + one.bytes, 0);

/** The first month that is kept, as "2025-09". */
export function keptFrom(months: number, now: number): string {
  const date = new Date(now);
  return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() - months, 1)).toISOString().slice(0, 7);
}

export const going = <T extends Month>(kept: readonly T[], months: number, now = Date.now()): T[] => kept.filter((one) => one.month < keptFrom(months, now));
