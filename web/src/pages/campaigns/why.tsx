// Why nothing, or less than one hopes, is being dialled now: in words, each reason with how many it holds back.
import { Stack } from '@mantine/core';
import { IconHelpCircle, IconPhoneCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, ask, type Schemas } from '@/api/client.ts';
import { Notice } from '@/parts/notice.tsx';
import { useNumbers } from '@/parts/numbers.ts';
import { Section } from '@/parts/section.tsx';
import { useProblemWords } from '@/parts/states.tsx';
import { Tag } from '@/parts/tag.tsx';
import { Time } from '@/parts/time.tsx';
import classes from './campaigns.module.css';
import { moving } from './verbs.ts';

export function Why({ id, state }: { id: string; state: string }) {
  const { t, i18n } = useTranslation();
  const words = useProblemWords();
  const { count } = useNumbers();
  const asked = moving(state);
  const why = useQuery({
    queryKey: ['campaign', id, 'why'],
    queryFn: ({ signal }) => ask(api.GET('/ottb/campaigns/{campaign}/why', { params: { path: { campaign: id } }, signal })),
    refetchInterval: 5_000,
    enabled: asked,
  });
  if (!asked) return <Notice icon={<IconHelpCircle size={16} aria-hidden />}>{t(`campaigns.why.states.${state as 'draft'}`, { defaultValue: state })}</Notice>;
  if (why.error) return <Notice>{t('campaigns.why.unknown')} {words(why.error)}</Notice>;
  if (!why.data) return null;
  const { dialling, reasons, last_attempt_at: last } = why.data;
  const text = (one: Schemas['why_reason']) => (i18n.language === 'ru' ? one.words_ru : one.words);
  return (
    <Section title={t('campaigns.why.title')} note={!dialling && last ? <>{t('campaigns.why.last')} <Time at={last} /></> : undefined} action={<Tag tone={dialling ? 'good' : 'warn'}>{t(dialling ? 'campaigns.why.dialling' : 'campaigns.why.not')}</Tag>}>
      {reasons.length === 0 ? (
        <Stack gap={4}><span className={classes.reason}><IconPhoneCheck size={16} aria-hidden />{t(dialling ? 'campaigns.why.fine' : 'campaigns.why.soon')}</span></Stack>
      ) : (
        <ul className={classes.reasons}>
          {reasons.map((one) => (
            <li key={one.code} className={classes.reason}>
              {one.count !== undefined && <b>{count(one.count)}</b>}
              {one.stops && !dialling && <Tag tone="bad">{t('campaigns.why.stops')}</Tag>}
              <span>{text(one)}</span>
              {one.until && <span className={classes.quiet}>{t('campaigns.why.until')} <Time at={one.until} /></span>}
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
