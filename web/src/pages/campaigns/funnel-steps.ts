// The steps of the funnel from the counts that are known; the live ones are newer where both say the same thing. Pure.
import type { Schemas } from '@/api/client.ts';
import type { LiveCampaign } from '@/live/topics.ts';

export type StepId = 'leads' | 'attempted' | 'answered' | 'pressed';
export interface Step {
  id: StepId;
  count: number;
}

// Of what left the house a person's telephone rang or may have rung.
const dialled = ['answered', 'busy', 'no_answer', 'rejected', 'invalid', 'failed', 'abandoned', 'unknown'];

export function funnelOf(counts: Schemas['campaign_counts'] | undefined, now: LiveCampaign | null): Step[] | null {
  if (!counts && !now) return null;
  const outcomes = (counts?.outcomes ?? {}) as Record<string, number>;
  const leads = Math.max(now?.total ?? 0, counts?.leads ?? 0);
  const answered = Math.max(now?.answered ?? 0, outcomes['answered'] ?? 0);
  const attempted = dialled.reduce((sum, one) => sum + (outcomes[one] ?? 0), 0);
  const known = now ? now.answered + now.busy + (now.no_answer ?? 0) + now.failed : 0;
  const steps: Step[] = [
    { id: 'leads', count: leads },
    { id: 'attempted', count: Math.max(attempted, known) },
    { id: 'answered', count: answered },
  ];
  if (counts) steps.push({ id: 'pressed', count: counts.dtmf });
  return steps;
}
