// GET /dci/analytics, by hand until the types made from docs/openapi.json hold it.
export const groupings = ['hour', 'day', 'campaign', 'trunk', 'slot', 'hub'] as const;
export type Grouping = (typeof groupings)[number];

export const outcomeCounts = ['answered', 'busy', 'no_answer', 'rejected', 'invalid', 'failed', 'blocked', 'abandoned', 'unknown'] as const;
export type OutcomeCount = (typeof outcomeCounts)[number];

export interface Row extends Record<OutcomeCount, number> {
  key: string; // of an hour or a day: its beginning in UTC; else an id, "" for none
  label: string;
  attempts: number;
  talk_seconds: number;
  asr?: number;
  acd?: number;
  with_digits: number;
  digits: Record<string, number>;
}

export interface Analytics {
  from: string;
  to: string;
  by: Grouping;
  tz: string;
  waiting: number; // quarters of an hour whose newest facts are not counted in yet
  total: Row;
  rows: Row[];
}
