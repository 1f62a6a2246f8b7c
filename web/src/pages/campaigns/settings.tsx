// How the campaign is set, in words.
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useMay } from '@/api/me.ts';
import { Fact, Facts } from '@/parts/facts.tsx';
import { useNumbers } from '@/parts/numbers.ts';
import { useOutcomeWord } from '@/parts/outcome.tsx';
import { Section } from '@/parts/section.tsx';
import { Time } from '@/parts/time.tsx';
import { flowsQuery, profilesQuery } from './choices.ts';
import type { CampaignView } from './rows.ts';
import { useSpan } from './span.ts';

export function useSlotsWords(): (slots: CampaignView['slots']) => string {
  const { t } = useTranslation();
  return ({ kinds = [], hubs = [], numbers = [] }) => {
    const parts = [kinds.length > 0 && kinds.join(', '), hubs.length > 0 && t('campaigns.onHubs', { hubs: hubs.join(', ') }), numbers.length > 0 && t('campaigns.onNumbers', { count: numbers.length })];
    return parts.filter(Boolean).join(' · ') || t('campaigns.allSlots');
  };
}

export function Settings({ view }: { view: CampaignView }) {
  const { t } = useTranslation();
  const { count } = useNumbers();
  const span = useSpan();
  const slots = useSlotsWords();
  const outcome = useOutcomeWord();
  const may = useMay();
  const profiles = useQuery({ ...profilesQuery, enabled: may('ottb.profile.read') });
  const flows = useQuery({ ...flowsQuery, enabled: may('ottb.flow.read') });
  const named = (items: { id: string; name: string; version: number }[] | undefined, id: string | undefined) => {
    const found = items?.find((one) => one.id === id);
    return found ? `${found.name} · ${t('campaigns.version', { version: found.version })}` : id;
  };
  const retry = Object.entries(view.retry as Record<string, number>);
  return (
    <Section title={t('campaigns.settings')}>
      <Facts>
        <Fact name={t('campaigns.mode')}>{t(`campaigns.modes.${view.mode}`)}</Fact>
        <Fact name={t('campaigns.purpose')}>{t(`campaigns.purposes.${view.purpose}`)}</Fact>
        <Fact name={t('campaigns.profile')}>{named(profiles.data, view.profile)}</Fact>
        <Fact name={t('campaigns.flow')}>{named(flows.data, view.flow)}</Fact>
        <Fact name={t('campaigns.callerId')}>{view.caller_id}</Fact>
        <Fact name={t('campaigns.slots')}>{slots(view.slots)}</Fact>
        <Fact name={t('campaigns.trunks')}>{view.trunks.length > 0 ? view.trunks.join(', ') : t('campaigns.anyTrunk')}</Fact>
        <Fact name={t('campaigns.startsAt')}>{view.starts_at ? <Time at={view.starts_at} /> : t('campaigns.whenStarted')}</Fact>
        <Fact name={t('campaigns.endsAt')}>{view.ends_at ? <Time at={view.ends_at} /> : t('campaigns.whenDone')}</Fact>
        <Fact name={t('campaigns.maxAttempts')}>{count(view.max_attempts)}</Fact>
        <Fact name={t('campaigns.ring')}>{span(view.ring_seconds)}</Fact>
        <Fact name={t('campaigns.maxCall')}>{span(view.max_call_seconds)}</Fact>
        <Fact name={t('campaigns.cps')}>{count(view.calls_per_second)}</Fact>
        <Fact name={t('campaigns.retry')}>{retry.length > 0 ? retry.map(([key, seconds]) => `${outcome(key)}: ${seconds < 0 ? t('campaigns.never') : span(seconds)}`).join('; ') : t('campaigns.retryUsual')}</Fact>
        <Fact name={t('campaigns.startedAt')}>{view.started_at && <Time at={view.started_at} />}</Fact>
        <Fact name={t('campaigns.finishedAt')}>{view.finished_at && <Time at={view.finished_at} />}</Fact>
        <Fact name={t('campaigns.created')}><Time at={view.created_at} /></Fact>
        <Fact name={t('campaigns.versionName')}>{view.version}</Fact>
      </Facts>
    </Section>
  );
}
