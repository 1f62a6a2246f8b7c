// How a call ended: the word of the field and its tone.
import { useTranslation } from 'react-i18next';
import { Tag, type Tone } from './tag.tsx';

export const outcomes = ['answered', 'busy', 'no_answer', 'rejected', 'invalid', 'failed', 'blocked', 'abandoned', 'refused', 'unknown'] as const;
export type Outcome = (typeof outcomes)[number];

export const outcomeTone = (outcome: string): Tone => (outcome === 'answered' ? 'good' : outcome === 'failed' || outcome === 'invalid' || outcome === 'blocked' ? 'bad' : outcome === 'busy' || outcome === 'no_answer' || outcome === 'rejected' ? 'warn' : 'plain');

export function useOutcomeWord(): (outcome: string) => string {
  const { t } = useTranslation();
  return (outcome) => t(`outcomes.${outcome as Outcome}`, { defaultValue: outcome });
}

export function OutcomeTag({ outcome }: { outcome: string | null | undefined }) {
  const word = useOutcomeWord();
  return outcome ? <Tag tone={outcomeTone(outcome)}>{word(outcome)}</Tag> : <span>—</span>;
}
