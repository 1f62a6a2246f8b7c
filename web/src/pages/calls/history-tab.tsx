// Calls that have ended, the newest first.
import { Button } from '@mantine/core';
import { IconArrowDownLeft, IconArrowUpRight, IconArrowsDiff } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '@/api/me.ts';
import { Problem } from '@/api/problem.ts';
import { GoLink } from '@/parts/go-link.tsx';
import { OutcomeTag } from '@/parts/outcome.tsx';
import { Empty, Failed, Forbidden, Loading, StaleNote } from '@/parts/states.tsx';
import { Time } from '@/parts/time.tsx';
import { timer } from '@/parts/time-text.ts';
import { type Column, VirtualTable } from '@/parts/virtual-table.tsx';
import { AttemptTag } from './attempt-tag.tsx';
import classes from './calls.module.css';
import { type CallsSearch, wholeSlot } from './search.ts';
import { type HistoryRow, useHistory } from './use-history.ts';

function Direction({ of }: { of: string }) {
  const { t } = useTranslation();
  const Icon = of === 'inbound' ? IconArrowDownLeft : IconArrowUpRight;
  const word = t(`calls.directions.${of as 'inbound'}`, { defaultValue: of });
  return <span role="img" aria-label={word} title={word} className={classes.sign}><Icon size={15} aria-hidden /></span>;
}

function End({ of: { outcome, state } }: { of: HistoryRow }) {
  return outcome === null && state ? <AttemptTag state={state} /> : <OutcomeTag outcome={outcome} />;
}

function useColumns(campaigns: ReadonlyMap<string, string>): Column<HistoryRow>[] {
  const { t } = useTranslation();
  return useMemo(
    () => [
      { id: 'direction', header: t('calls.direction'), hidden: true, width: '18px', cell: (row) => <Direction of={row.direction} /> },
      { id: 'at', header: t('calls.began'), width: '152px', cell: (row) => <Time at={row.at} /> },
      { id: 'slot', header: t('calls.slot'), width: '70px', cell: (row) => <b>{row.slot ?? '—'}</b> },
      { id: 'outcome', header: t('calls.outcome'), width: '136px', cell: (row) => <End of={row} /> },
      { id: 'talk', header: t('calls.talk'), width: '84px', right: true, cell: (row) => (row.talk === null ? '—' : timer(row.talk)) },
      { id: 'sip', header: 'SIP', width: '52px', right: true, cell: (row) => row.sip ?? '—' },
      { id: 'by', header: t('calls.endedBy'), width: '118px', cell: (row) => (row.by ? t(`calls.by.${row.by as 'lead'}`, { defaultValue: row.by }) : '—') },
      { id: 'campaign', header: t('leads.campaign'), width: 'minmax(150px, 1fr)', cell: (row) => (row.campaign ? (campaigns.get(row.campaign) ?? `…${row.campaign.slice(-6)}`) : '—') },
      { id: 'differs', header: t('calls.differs'), hidden: true, width: '22px', cell: (row) => row.differs.length > 0 && <span role="img" aria-label={t('calls.differs')} title={t('calls.differs')} className={`${classes.sign} ${classes.warn}`}><IconArrowsDiff size={15} aria-hidden /></span> },
      { id: 'id', header: t('calls.id'), width: '84px', cell: (row) => <GoLink to="/calls/$id" params={{ id: row.id }} size="sm" tabIndex={-1}>…{row.id.slice(-6)}</GoLink> },
    ],
    [t, campaigns],
  );
}

function HistoryCard({ row, campaign }: { row: HistoryRow; campaign: string | undefined }) {
  return (
    <div className={classes.historyCard}>
      <span className={classes.cardLine}><span><Direction of={row.direction} /> <b>{row.slot ?? '—'}</b></span><End of={row} /></span>
      <span className={classes.cardLine}><span className={classes.cut}>{campaign ?? ''}</span><span><Time at={row.at} />{row.talk !== null && ` · ${timer(row.talk)}`}</span></span>
    </div>
  );
}

interface HistoryTabProps {
  search: CallsSearch;
  campaigns: ReadonlyMap<string, string>;
  onClear: () => void;
  onAsk: () => void;
}

export function HistoryTab({ search, campaigns, onClear, onAsk }: HistoryTabProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const needed = search.found ? 'ottb.lead.search' : 'dci.cdr.read';
  const may = useMay()(needed);
  const calls = useHistory(search, may);
  const columns = useColumns(campaigns);
  const open = useCallback((row: HistoryRow) => void navigate({ to: '/calls/$id', params: { id: row.id } }), [navigate]);
  const { rows, fetchNextPage } = calls;
  const load = useCallback(() => void fetchNextPage(), [fetchNextPage]);
  if (!may) return <Forbidden permission={needed} />;
  if (!search.found && search.slot && !wholeSlot.test(search.slot)) return <Empty title={t('calls.slotWhole')}>{t('calls.slotWholeNext')}</Empty>;
  if (calls.isPending) return <div className={classes.pad}><Loading rows={12} /></div>;
  if (search.found && calls.error instanceof Problem && calls.error.status === 404) return <Empty title={t('leads.search.gone')} action={<Button onClick={onAsk}>{t('calls.find.title')}</Button>}>{t('leads.search.goneNext')}</Empty>;
  if (calls.isError && rows.length === 0) return <Failed why={calls.error} onRetry={() => void calls.refetch()} />;
  if (rows.length === 0) {
    const filtered = Object.entries(search).some(([key, value]) => key !== 'tab' && value !== undefined);
    return <Empty title={t(filtered ? 'calls.nothing' : 'calls.noHistory')} action={filtered && <Button variant="default" onClick={onClear}>{t('query.clear')}</Button>}>{t(search.found ? 'calls.find.nothing' : filtered ? 'calls.nothingNext' : 'calls.noHistoryNext')}</Empty>;
  }
  return (
    <>
      {calls.isError && <StaleNote heard={calls.dataUpdatedAt} />}
      <VirtualTable label={t('calls.history')} rows={rows} idOf={(row) => row.id} columns={columns} card={(row) => <HistoryCard row={row} campaign={row.campaign ? campaigns.get(row.campaign) : undefined} />} onOpen={open} more={{ has: calls.hasNextPage, loading: calls.isFetchingNextPage, failed: calls.isFetchNextPageError, load }} />
    </>
  );
}
