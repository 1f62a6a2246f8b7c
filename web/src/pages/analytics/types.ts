// Names of what GET /dci/analytics counts.
import type { Schemas } from '@/api/client.ts';

export type Grouping = Schemas['analytics_by'];
export const groupings: readonly Grouping[] = ['hour', 'day', 'campaign', 'trunk', 'slot', 'hub'];

export const outcomeCounts = ['answered', 'busy', 'no_answer', 'rejected', 'invalid', 'failed', 'blocked', 'abandoned', 'unknown'] as const;
export type OutcomeCount = (typeof outcomeCounts)[number];

export type Row = Schemas['analytics_row'];
export type Analytics = Schemas['analytics_view'];
