// The permit of the call: every gate that was asked, each decision, and what became of the permit.
import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useLeadWords } from '@/pages/leads/words.ts';
import { Notice } from '@/parts/notice.tsx';
import { Section } from '@/parts/section.tsx';
import { Tag, type Tone } from '@/parts/tag.tsx';
import { Time } from '@/parts/time.tsx';
import type { AttemptStory, Gate, GatedDecision } from './attempt-story.ts';
import classes from './calls.module.css';

const tones: Record<Gate['result'], Tone> = { passed: 'good', refused: 'bad', not_asked: 'plain' };

function Decision({ one }: { one: GatedDecision }) {
  const { t } = useTranslation();
  const words = useLeadWords();
  return (
    <li>
      <div className={classes.step}>
        <Tag tone={one.allowed ? 'good' : 'warn'}>{t(one.allowed ? 'leads.explain.allowed' : 'leads.explain.refused')}</Tag>
        <Time at={one.at} />
        {one.reason && <b>{words.refusal(one.reason)}</b>}
        {one.until && <span className={classes.quiet}>{t('leads.explain.until')} <Time at={one.until} /></span>}
      </div>
      <ul className={classes.gates} aria-label={t('calls.permit.against')}>
        {one.gates.map(({ gate, result }) => <li key={gate}><Tag tone={tones[result]}>{t(`calls.permit.results.${result}`)}</Tag><span>{t(`calls.permit.gates.${gate as 'no_consent'}`, { defaultValue: words.refusal(gate) })}</span></li>)}
      </ul>
    </li>
  );
}

export function Gates({ of }: { of: AttemptStory }) {
  const { t } = useTranslation();
  const words = useLeadWords();
  const { attempt, decisions, permits } = of;
  return (
    <Section title={t('calls.permit.title')} note={t(attempt.permitted_at ? 'calls.permit.given' : 'calls.permit.notGiven')}>
      {attempt.refusal && <Notice>{words.refusal(attempt.refusal)}</Notice>}
      {decisions.length === 0 ? <Text size="sm" c="var(--quiet)">{t('leads.explain.noDecisions')}</Text> : <ol className={classes.plain}>{decisions.map((one) => <Decision key={one.at} one={one} />)}</ol>}
      {permits.map((one) => (
        <div key={one.issued_at} className={classes.step}>
          <Tag tone={one.state === 'sent' ? 'good' : one.state === 'expired' || one.state === 'void' ? 'warn' : 'plain'}>{t(`calls.permit.states.${one.state as 'sent'}`, { defaultValue: one.state })}</Tag>
          <Text span size="sm">{t('calls.permit.issued')} <Time at={one.issued_at} /></Text>
          {one.consumed_at && <Text span size="sm">{t('calls.permit.states.consumed')} <Time at={one.consumed_at} /></Text>}
          {one.sent_at && <Text span size="sm">{t('calls.permit.states.sent')} <Time at={one.sent_at} /></Text>}
        </div>
      ))}
    </Section>
  );
}
