// What the table of leads says about each.
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useNumbers } from '@/parts/numbers.ts';
import { OutcomeTag } from '@/parts/outcome.tsx';
import { Tag } from '@/parts/tag.tsx';
import { Time } from '@/parts/time.tsx';
import type { Column } from '@/parts/virtual-table.tsx';
import classes from './leads.module.css';
import type { LeadView } from './use-leads.ts';
import { useLeadWords } from './words.ts';

const tones = { due: 'plain', queued: 'good', finished: 'plain' } as const;

export function LeadStateTag({ state }: { state: string }) {
  const words = useLeadWords();
  return <Tag tone={tones[state as 'due'] ?? 'plain'}>{words.state(state)}</Tag>;
}

export function useLeadColumns(campaigns: ReadonlyMap<string, string>, oneCampaign: boolean): Column<LeadView>[] {
  const { t } = useTranslation();
  const { count } = useNumbers();
  const words = useLeadWords();
  return useMemo(() => {
    const columns: Column<LeadView>[] = [
      { id: 'number', header: t('leads.number'), width: '132px', cell: (lead) => <b>{lead.number}</b> },
      { id: 'state', header: t('leads.state'), width: '96px', cell: (lead) => <LeadStateTag state={lead.state} /> },
      { id: 'outcome', header: t('leads.outcome'), width: '112px', cell: (lead) => <OutcomeTag outcome={lead.outcome} /> },
      { id: 'refusal', header: t('leads.refusal'), width: 'minmax(104px, 1fr)', cell: (lead) => (lead.refusal ? words.refusal(lead.refusal) : '—') },
      { id: 'attempts', header: t('leads.attempts'), width: '66px', right: true, cell: (lead) => count(lead.attempts) },
      { id: 'next', header: t('leads.nextAt'), width: '116px', right: true, cell: (lead) => (lead.state === 'due' ? <Time at={lead.next_at} /> : '—') },
      { id: 'zone', header: t('leads.zone'), width: 'minmax(140px, 1fr)', cell: (lead) => lead.zone ?? (lead.zones.length > 0 ? lead.zones.join(', ') : <span className={classes.warn}>{t('leads.noZone')}</span>) },
      { id: 'consent', header: t('leads.consent'), width: '66px', cell: (lead) => t(lead.consent ? 'parts.yes' : 'parts.no') },
      { id: 'priority', header: t('leads.priority'), width: '78px', right: true, cell: (lead) => count(lead.priority) },
    ];
    // Beside the campaign there is no room for the priority: it stands in the drawer.
    if (!oneCampaign) columns.splice(-1, 1);
    if (!oneCampaign) columns.splice(1, 0, { id: 'campaign', header: t('leads.campaign'), width: 'minmax(110px, 1fr)', cell: (lead) => campaigns.get(lead.campaign) ?? `…${lead.campaign.slice(-6)}` });
    return columns;
  }, [t, count, words, campaigns, oneCampaign]);
}

export function LeadCard({ lead }: { lead: LeadView }) {
  const words = useLeadWords();
  return (
    <div className={classes.card}>
      <span className={classes.cardLine}><b>{lead.number}</b><LeadStateTag state={lead.state} /></span>
      <span className={classes.cardLine}><OutcomeTag outcome={lead.outcome} /><span className={classes.cut}>{lead.refusal ? words.refusal(lead.refusal) : ''}</span></span>
    </div>
  );
}
