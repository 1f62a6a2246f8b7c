// Why this lead is or is not called, when that may change, and each decision of the permit desk with what it looked at.
import { Accordion, Code, Text } from '@mantine/core';
import { IconPhoneCheck, IconPhoneOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '@/api/client.ts';
import { Failed, Loading } from '@/parts/states.tsx';
import { Tag } from '@/parts/tag.tsx';
import { Time } from '@/parts/time.tsx';
import classes from './leads.module.css';
import { useLeadWords } from './words.ts';

export function Decisions({ decisions }: { decisions: Schemas['decision_view'][] }) {
  const { t } = useTranslation();
  const words = useLeadWords();
  if (decisions.length === 0) return <Text size="sm" c="var(--quiet)">{t('leads.explain.noDecisions')}</Text>;
  return (
    <Accordion variant="contained" chevronPosition="right" className={classes.decisions} order={3}>
      {decisions.map((one, i) => (
        // oxlint-disable-next-line react/no-array-index-key -- a decision has no id, and two may be of one moment
        <Accordion.Item key={`${one.at} ${i}`} value={`${one.at} ${i}`}>
          <Accordion.Control>
            <span className={classes.decision}>
              <Tag tone={one.allowed ? 'good' : 'warn'}>{t(one.allowed ? 'leads.explain.allowed' : 'leads.explain.refused')}</Tag>
              <Time at={one.at} />
              {one.reason && <span>{words.refusal(one.reason)}</span>}
              {one.until && <span className={classes.quiet}>{t('leads.explain.until')} <Time at={one.until} /></span>}
            </span>
          </Accordion.Control>
          <Accordion.Panel><Code block>{JSON.stringify(one.inputs, null, 2)}</Code></Accordion.Panel>
        </Accordion.Item>
      ))}
    </Accordion>
  );
}

interface ExplainProps {
  why: Schemas['explanation_view'] | undefined;
  error: unknown;
  onRetry: () => void;
}

export function Explain({ why, error, onRetry }: ExplainProps) {
  const { t, i18n } = useTranslation();
  if (error && !why) return <Failed why={error} onRetry={onRetry} />;
  if (!why) return <Loading rows={3} />;
  const Icon = why.may_be_called ? IconPhoneCheck : IconPhoneOff;
  return (
    <section aria-label={t('leads.explain.title')}>
      <div className={classes.verdict} data-state={why.may_be_called ? 'ready' : 'calling'}>
        <Icon size={20} aria-hidden />
        <b>{i18n.language === 'ru' ? why.words_ru : why.words}</b>
        <span>{why.when ? <>{t('leads.explain.notBefore')} <Time at={why.when} /></> : t(why.may_be_called ? 'leads.explain.soon' : 'leads.explain.noTime')}</span>
      </div>
      <Decisions decisions={why.decisions} />
    </section>
  );
}
