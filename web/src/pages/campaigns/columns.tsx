// What the list of campaigns says about each.
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Bar } from '@/parts/bar.tsx';
import { GoLink } from '@/parts/go-link.tsx';
import { shareOf, useNumbers } from '@/parts/numbers.ts';
import { Time } from '@/parts/time.tsx';
import type { Column } from '@/parts/virtual-table.tsx';
import classes from './campaigns.module.css';
import type { CampaignRow } from './rows.ts';
import { CampaignTag } from './state-tag.tsx';

function Name({ row }: { row: CampaignRow }) {
  return <GoLink to="/campaigns/$id" params={{ id: row.id }} c="inherit" fw={600} size="sm" tabIndex={-1}>{row.name}</GoLink>;
}

function Done({ row }: { row: CampaignRow }) {
  const { t } = useTranslation();
  const { count, percent } = useNumbers();
  const live = row.live;
  if (!live) return <span>—</span>;
  if (live.total === 0) return <span className={classes.quiet}>{t('campaigns.noLeads')}</span>;
  const share = shareOf(live.finished, live.total);
  return (
    <span className={classes.done}>
      <Bar label={t('campaigns.doneOf', { done: count(live.finished), total: count(live.total) })} parts={[{ share: shareOf(live.answered, live.total), tone: 'good' }, { share: shareOf(Math.max(0, live.finished - live.answered), live.total), tone: 'plain' }]} />
      <span>{percent(share)}</span>
      <span className={classes.quiet}>{count(live.total)}</span>
    </span>
  );
}

export function useCampaignColumns(): Column<CampaignRow>[] {
  const { t } = useTranslation();
  const { count } = useNumbers();
  return useMemo(
    () => [
      { id: 'name', header: t('campaigns.name'), width: 'minmax(170px, 2fr)', sorts: true, cell: (row) => <Name row={row} /> },
      { id: 'state', header: t('campaigns.state'), width: '122px', sorts: true, cell: (row) => <CampaignTag state={row.state} /> },
      { id: 'done', header: t('campaigns.done'), width: 'minmax(170px, 1.4fr)', sorts: true, cell: (row) => <Done row={row} /> },
      { id: 'calls', header: t('campaigns.callsNow'), width: '78px', right: true, sorts: true, cell: (row) => count(row.live?.calls_now) },
      { id: 'rate', header: t('campaigns.rateHead'), width: '76px', right: true, sorts: true, cell: (row) => count(row.live?.rate) },
      { id: 'answered', header: t('campaigns.answered'), width: '80px', right: true, sorts: true, cell: (row) => count(row.live?.answered) },
      { id: 'busy', header: t('outcomes.busy'), width: '60px', right: true, cell: (row) => count(row.live?.busy) },
      { id: 'failed', header: t('outcomes.failed'), width: '60px', right: true, cell: (row) => count(row.live?.failed) },
      { id: 'created', header: t('campaigns.created'), width: '138px', right: true, sorts: true, cell: (row) => <Time at={row.created} /> },
    ],
    [t, count],
  );
}

export function CampaignCard({ row }: { row: CampaignRow }) {
  const { t } = useTranslation();
  const { count } = useNumbers();
  return (
    <div className={classes.card}>
      <span className={classes.cardTop}><Name row={row} /><CampaignTag state={row.state} /></span>
      <span className={classes.cardFoot}>
        <Done row={row} />
        <span>{t('campaigns.cardNow', { calls: count(row.live?.calls_now), rate: count(row.live?.rate) })}</span>
      </span>
    </div>
  );
}
