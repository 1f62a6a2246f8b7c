// A call under way: its state by word and tone, and its two legs.
import { IconBuildingBroadcastTower, IconDeviceMobile, IconServer } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Tag, type Tone } from '@/parts/tag.tsx';
import classes from './calls.module.css';
import { type Leg, legsOf } from './live-rows.ts';
import type { AttemptState } from './search.ts';

const tones: Record<AttemptState, Tone> = { queued: 'plain', permitted: 'plain', dialling: 'warn', ringing: 'warn', answered: 'good' };
export const attemptRole: Record<string, string> = { queued: 'assigned', permitted: 'ready', dialling: 'calling', ringing: 'calling', answered: 'active-call' };

export function AttemptTag({ state }: { state: string }) {
  const { t } = useTranslation();
  return <Tag tone={tones[state as AttemptState] ?? 'plain'}>{t(`calls.states.${state as AttemptState}`, { defaultValue: state })}</Tag>;
}

/** slot — exchange — lead: each half drawn as its leg stands. */
export function Legs({ state }: { state: string }) {
  const { t } = useTranslation();
  const legs = legsOf(state);
  const word = (leg: Leg) => t(`calls.legs.${leg}`);
  const label = t('calls.legs.label', { slot: word(legs.slot), lead: word(legs.lead) });
  return (
    <span className={classes.legs} role="img" aria-label={label} title={label}>
      <IconDeviceMobile size={14} stroke={1.8} aria-hidden />
      <span data-leg={legs.slot} />
      <IconServer size={14} stroke={1.8} aria-hidden />
      <span data-leg={legs.lead} />
      <IconBuildingBroadcastTower size={14} stroke={1.8} aria-hidden />
    </span>
  );
}
