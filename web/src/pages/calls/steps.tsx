// What the slot went through during the call.
import { IconArrowRight } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '@/api/client.ts';
import { useMay } from '@/api/me.ts';
import { transition } from '@/pages/slot/transition.ts';
import { GoLink } from '@/parts/go-link.tsx';
import { Section } from '@/parts/section.tsx';
import { StateBadge } from '@/parts/state-badge.tsx';
import { Failed, Loading } from '@/parts/states.tsx';
import { Time } from '@/parts/time.tsx';
import type { Step } from './attempt-story.ts';
import classes from './calls.module.css';

type Moment = Schemas['slot_moment'];

/** The stored steps of an attempt in the shape of a slot's moments. */
export const momentOf = (step: Step): Moment => ({ at: step.at, what: 'transition', text: `${step.from} -> ${step.to}`, detail: [step.event, step.fault_code].filter(Boolean).join(' '), stale: step.stale });

interface StepsProps {
  steps: readonly Moment[] | undefined; // not known yet
  error: unknown;
  onRetry: () => void;
  slot: string | null;
}

export function Steps({ steps, error, onRetry, slot }: StepsProps) {
  const { t } = useTranslation();
  const may = useMay()('ottb.slot.read');
  const note = steps === undefined && !may ? t('parts.needs', { permission: 'ottb.slot.read' }) : steps?.length === 0 ? t('calls.steps.none') : undefined;
  return (
    <Section title={t('calls.steps.title')} note={note} action={slot && may ? <GoLink to="/slots/$number" params={{ number: slot }} size="sm">{t('slot.title', { number: slot })}</GoLink> : undefined}>
      {!steps && error ? <Failed why={error} onRetry={onRetry} /> : null}
      {!steps && !error && may && <Loading rows={4} />}
      {steps && steps.length > 0 && (
        <ol className={classes.steps}>
          {steps.map((one, i) => {
            const states = one.what === 'transition' ? transition(one.text) : null;
            return (
              // oxlint-disable-next-line react/no-array-index-key -- a moment has no id, and two may be alike
              <li key={`${one.at} ${one.text} ${i}`}>
                <Time at={one.at} />
                <span className={classes.step}>
                  {states ? <><StateBadge state={states.from} /><IconArrowRight size={14} aria-label="→" /><StateBadge state={states.to} /></> : <b>{one.text}</b>}
                  {one.detail && <span className={classes.quiet}>{one.detail}</span>}
                </span>
              </li>
            );
          })}
        </ol>
      )}
    </Section>
  );
}
