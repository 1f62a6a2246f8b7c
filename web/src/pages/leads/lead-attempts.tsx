// The lead's attempts, each leading to its call's story.
import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, ask } from '@/api/client.ts';
import { useMay } from '@/api/me.ts';
import { AttemptTag } from '@/pages/calls/attempt-tag.tsx';
import { GoLink } from '@/parts/go-link.tsx';
import { OutcomeTag } from '@/parts/outcome.tsx';
import { Section } from '@/parts/section.tsx';
import { Failed, Loading } from '@/parts/states.tsx';
import { Time } from '@/parts/time.tsx';
import classes from './leads.module.css';

export function LeadAttempts({ lead }: { lead: string }) {
  const { t } = useTranslation();
  const may = useMay()('ottb.attempt.read');
  const attempts = useQuery({ queryKey: ['lead', lead, 'attempts'], enabled: may, queryFn: ({ signal }) => ask(api.GET('/ottb/attempts', { params: { query: { lead, limit: '100' } }, signal })) });
  const items = attempts.data?.items.toSorted((a, b) => b.n - a.n) ?? [];
  return (
    <Section title={t('leads.calls')}>
      {!may ? (
        <Text size="sm" c="var(--quiet)">{t('parts.needs', { permission: 'ottb.attempt.read' })}</Text>
      ) : attempts.isPending ? (
        <Loading rows={2} />
      ) : attempts.isError ? (
        <Failed why={attempts.error} onRetry={() => void attempts.refetch()} />
      ) : items.length === 0 ? (
        <Text size="sm" c="var(--quiet)">{t('leads.noCalls')}</Text>
      ) : (
        <ol className={classes.attempts}>
          {items.map((one) => (
            <li key={one.id}>
              <GoLink to="/calls/$id" params={{ id: one.id }} size="sm">№ {one.n}</GoLink>
              <Time at={one.queued_at} />
              <span>{one.slot}</span>
              {one.outcome ? <OutcomeTag outcome={one.outcome} /> : <AttemptTag state={one.state} />}
              {one.dtmf && <span className={classes.quiet}>{t('calls.dtmf')}: {one.dtmf}</span>}
            </li>
          ))}
        </ol>
      )}
    </Section>
  );
}
