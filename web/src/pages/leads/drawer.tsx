// One lead: why it is or is not called, what is known, its attempts and the decisions about it.
import { Drawer, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, ask } from '@/api/client.ts';
import { Fact, Facts } from '@/parts/facts.tsx';
import { GoLink } from '@/parts/go-link.tsx';
import { useNumbers } from '@/parts/numbers.ts';
import { OutcomeTag } from '@/parts/outcome.tsx';
import { Section } from '@/parts/section.tsx';
import { Failed, Loading } from '@/parts/states.tsx';
import { Time } from '@/parts/time.tsx';
import { LeadStateTag } from './columns.tsx';
import { Explain } from './explain.tsx';
import { Kept } from './kept.tsx';
import { LeadAttempts } from './lead-attempts.tsx';
import { Reveal } from './reveal.tsx';
import { type LeadView, useLead } from './use-leads.ts';
import { useLeadWords } from './words.ts';

function Known({ lead, campaign }: { lead: LeadView; campaign: string | undefined }) {
  const { t } = useTranslation();
  const { count } = useNumbers();
  const words = useLeadWords();
  return (
    <Section title={t('leads.known')}>
      <Facts>
        <Fact name={t('leads.campaign')}><GoLink to="/campaigns/$id" params={{ id: lead.campaign }} size="sm">{campaign ?? `…${lead.campaign.slice(-6)}`}</GoLink></Fact>
        <Fact name={t('leads.state')}><LeadStateTag state={lead.state} /></Fact>
        <Fact name={t('leads.outcome')}><OutcomeTag outcome={lead.outcome} /></Fact>
        <Fact name={t('leads.refusal')}>{lead.refusal && words.refusal(lead.refusal)}</Fact>
        <Fact name={t('leads.attempts')}>{count(lead.attempts)}</Fact>
        <Fact name={t('leads.nextAt')}>{lead.state === 'due' ? <Time at={lead.next_at} /> : undefined}</Fact>
        <Fact name={t('leads.region')}>{lead.region}</Fact>
        <Fact name={t('leads.zone')}>{lead.zone ?? (lead.zones.join(', ') || t('leads.noZone'))}</Fact>
        <Fact name={t('leads.consent')}>{lead.consent ? lead.consent_source || t('parts.yes') : t('parts.no')}</Fact>
        <Fact name={t('leads.priority')}>{count(lead.priority)}</Fact>
        <Fact name={t('leads.imported')}><Time at={lead.created_at} /></Fact>
        <Fact name={t('leads.oneImport')}>{lead.import_id && <GoLink to="/leads/import" search={{ campaign: lead.campaign, import: lead.import_id }} size="sm">…{lead.import_id.slice(-6)}</GoLink>}</Fact>
      </Facts>
    </Section>
  );
}

interface LeadDrawerProps {
  id: string;
  campaigns: ReadonlyMap<string, string>;
  onClose: () => void;
}

export function LeadDrawer({ id, campaigns, onClose }: LeadDrawerProps) {
  const { t } = useTranslation();
  const lead = useLead(id);
  const why = useQuery({ queryKey: ['lead', id, 'explain'], queryFn: ({ signal }) => ask(api.GET('/ottb/leads/{lead}/explain', { params: { path: { lead: id } }, signal })), refetchOnWindowFocus: false });
  const title = <Text fw={650}>{t('leads.one', { number: lead.data?.number ?? id })}</Text>;
  return (
    <Drawer opened onClose={onClose} position="right" size="lg" title={title} closeButtonProps={{ 'aria-label': t('parts.close') }} overlayProps={{ backgroundOpacity: 0.25 }}>
      {lead.isPending ? (
        <Loading rows={8} />
      ) : lead.isError ? (
        <Failed why={lead.error} onRetry={() => void lead.refetch()} />
      ) : (
        <Stack gap="sm">
          <Explain why={why.data} error={why.error} onRetry={() => void why.refetch()} />
          <Reveal id={id} />
          <Known lead={lead.data} campaign={campaigns.get(lead.data.campaign)} />
          <LeadAttempts lead={id} />
          <Kept id={id} />
        </Stack>
      )}
    </Drawer>
  );
}
