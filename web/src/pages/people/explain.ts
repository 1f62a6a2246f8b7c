// Why a person may or may not: the server's answer by its kind. Pure.
import type { Schemas } from '@/api/client.ts';

export type Why = 'roles' | 'firstSteps' | 'disabled' | 'mustChange' | 'none' | 'unknown' | 'other';

const known: Record<string, Why> = {
  'one of the roles gives it': 'roles',
  'everybody may do this before the first change of password': 'firstSteps',
  'this person is disabled': 'disabled',
  'this person has not changed the one-time password yet': 'mustChange',
  'none of the roles gives it': 'none',
  'there is no such permission': 'unknown',
};

export const whyOf = (answer: Pick<Schemas['permission_answer'], 'because'>): Why => known[answer.because] ?? 'other';
