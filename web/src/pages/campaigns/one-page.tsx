// One campaign: how it stands, what it does now, why it does not, and how it is set.
import { SimpleGrid, Stack, Text } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Problem } from '@/api/problem.ts';
import { Back } from '@/parts/back.tsx';
import { Banner } from '@/parts/banner.tsx';
import { Bar } from '@/parts/bar.tsx';
import { Fact, Facts } from '@/parts/facts.tsx';
import { GoLink } from '@/parts/go-link.tsx';
import { shareOf, useNumbers } from '@/parts/numbers.ts';
import { Section } from '@/parts/section.tsx';
import { Empty, Failed, Loading } from '@/parts/states.tsx';
import { CampaignActions } from './actions.tsx';
import classes from './campaigns.module.css';
import { Funnel, OutcomeList } from './funnel.tsx';
import { Settings } from './settings.tsx';
import { CampaignTag, campaignRole } from './state-tag.tsx';
import { useCampaign } from './use-campaigns.ts';
import { Why } from './why.tsx';

type Standing = ReturnType<typeof useCampaign>;

function Now({ id, now, counts }: { id: string } & Pick<Standing, 'now' | 'counts'>) {
  const { t } = useTranslation();
  const { count, percent } = useNumbers();
  const total = now?.total ?? counts?.leads ?? 0;
  const finished = now?.finished ?? counts?.finished ?? 0;
  const calls = now?.calls_now ?? counts?.calls_now;
  return (
    <Section title={t('campaigns.now')} action={<GoLink to="/calls" search={{ campaign: id }} size="sm">{t('campaigns.toCalls')}</GoLink>}>
      <dl className={classes.big}>
        <div><dt>{t('campaigns.callsNow')}</dt><dd>{count(calls)}</dd></div>
        <div><dt>{t('campaigns.rate')}</dt><dd>{count(now?.rate)}</dd></div>
        <div><dt>{t('campaigns.due')}</dt><dd>{count(now?.due ?? counts?.due)}</dd></div>
        <div><dt>{t('campaigns.queued')}</dt><dd>{count(counts?.queued)}</dd></div>
      </dl>
      <Text size="sm">{t('campaigns.doneOf', { done: count(finished), total: count(total) })} · {percent(shareOf(finished, total))}</Text>
      <Bar label={t('campaigns.done')} parts={[{ share: shareOf(finished, total), tone: 'main' }]} />
      <Facts>
        <Fact name={t('leads.title')}><GoLink to="/leads" search={{ campaign: id }} size="sm">{t('campaigns.toLeads')}</GoLink></Fact>
        <Fact name={t('calls.history')}><GoLink to="/calls" search={{ campaign: id, tab: 'history' }} size="sm">{t('campaigns.toHistory')}</GoLink></Fact>
      </Facts>
    </Section>
  );
}

export function CampaignPage() {
  const { t } = useTranslation();
  const { count } = useNumbers();
  const { id } = useParams({ from: '/inside/frame/campaigns/$id' });
  const { view, now, counts, pending, error, again } = useCampaign(id);
  const back = <Back to="/campaigns">{t('campaigns.title')}</Back>;
  if (!view) {
    const absent = error instanceof Problem && (error.status === 404 || error.status === 422);
    return (
      <Stack p="sm" gap="sm">
        {back}
        {absent ? <Empty title={t('campaigns.absent')}>{t('campaigns.absentNext')}</Empty> : pending && !error ? <Loading /> : <Failed why={error} onRetry={again} />}
      </Stack>
    );
  }
  return (
    <Stack p="sm" gap="sm">
      {back}
      <Banner role={campaignRole(view.state)} title={view.name} actions={<CampaignActions view={view} />}>
        <CampaignTag state={view.state} />
        {now && view.state === 'running' && <Text size="sm" c="var(--quiet)">{t('campaigns.rateNow', { rate: count(now.rate) })}</Text>}
      </Banner>
      <Why id={id} state={view.state} />
      <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="sm">
        <Stack gap="sm">
          <Now id={id} now={now} counts={counts} />
          <Funnel counts={counts} now={now} />
          <OutcomeList counts={counts} />
        </Stack>
        <Settings view={view} />
      </SimpleGrid>
    </Stack>
  );
}
