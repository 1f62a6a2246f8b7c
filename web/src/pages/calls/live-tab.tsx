// Calls under way, live, with their timers and legs.
import { Button, Group } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useLine, useTopic } from '@/live/hooks.ts';
import type { LiveCall } from '@/live/topics.ts';
import { GoLink } from '@/parts/go-link.tsx';
import { Empty, Forbidden, Loading, Offline } from '@/parts/states.tsx';
import { Timer } from '@/parts/time.tsx';
import { type Column, VirtualTable } from '@/parts/virtual-table.tsx';
import { AttemptTag, Legs } from './attempt-tag.tsx';
import classes from './calls.module.css';
import { Hangup } from './hangup.tsx';
import { isOnLine, liveRows, sinceOf } from './live-rows.ts';
import type { CallsSearch } from './search.ts';

function Since({ call }: { call: LiveCall }) {
  const since = sinceOf(call);
  return since ? <Timer since={since} /> : <span>—</span>;
}

function useColumns(): Column<LiveCall>[] {
  const { t } = useTranslation();
  return useMemo(
    () => [
      { id: 'slot', header: t('calls.slot'), width: '84px', cell: (call) => <GoLink to="/slots/$number" params={{ number: call.slot }} c="inherit" fw={650} size="sm" tabIndex={-1}>{call.slot}</GoLink> },
      { id: 'state', header: t('calls.state'), width: '120px', cell: (call) => <AttemptTag state={call.state} /> },
      { id: 'timer', header: t('calls.timer'), width: '76px', right: true, cell: (call) => <b><Since call={call} /></b> },
      { id: 'legs', header: t('calls.legs.head'), width: '140px', cell: (call) => <Legs state={call.state} /> },
      { id: 'campaign', header: t('leads.campaign'), width: 'minmax(160px, 1fr)', cell: (call) => <GoLink to="/campaigns/$id" params={{ id: call.campaign_id }} c="inherit" size="sm" tabIndex={-1}>{call.campaign}</GoLink> },
      { id: 'whole', header: t('calls.whole'), width: '92px', right: true, cell: (call) => (call.queued_at ? <Timer since={call.queued_at} /> : '—') },
      { id: 'id', header: t('calls.id'), width: '96px', cell: (call) => <GoLink to="/calls/$id" params={{ id: call.id }} size="sm" tabIndex={-1}>…{call.id.slice(-6)}</GoLink> },
      { id: 'do', header: t('parts.actions'), hidden: true, width: '40px', cell: (call) => isOnLine(call.state) && <Hangup id={call.id} slot={call.slot} small /> },
    ],
    [t],
  );
}

function LiveCard({ call }: { call: LiveCall }) {
  return (
    <div className={classes.liveCard}>
      <span className={classes.cardLine}>
        <Group gap={8} wrap="nowrap"><b>{call.slot}</b><AttemptTag state={call.state} /></Group>
        <b className={classes.cardTimer}><Since call={call} /></b>
      </span>
      <span className={classes.cardLine}><span className={classes.cut}>{call.campaign}</span><Legs state={call.state} /></span>
      <span className={classes.cardDo}>{isOnLine(call.state) && <Hangup id={call.id} slot={call.slot} small />}</span>
    </div>
  );
}

export function LiveTab({ search, onClear }: { search: CallsSearch; onClear: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const line = useLine();
  const topic = useTopic('calls');
  const columns = useColumns();
  const rows = useMemo(() => liveRows(topic.items ?? [], search), [topic.items, search]);
  const open = useCallback((call: LiveCall) => void navigate({ to: '/calls/$id', params: { id: call.id } }), [navigate]);
  if (topic.refused !== null) return <Forbidden permission={topic.refused} />;
  if (line.state === 'forbidden') return <Forbidden permission="workspace.live.open" />;
  if (topic.items === null) return line.state === 'connecting' && line.heard > 0 ? <Offline /> : <div className={classes.pad}><Loading rows={10} /></div>;
  if (topic.items.length === 0) return <Empty title={t('calls.none')} action={<GoLink to="/campaigns" size="sm">{t('calls.toCampaigns')}</GoLink>}>{t('calls.noneNext')}</Empty>;
  if (rows.length === 0) return <Empty title={t('calls.nothing')} action={<Button variant="default" onClick={onClear}>{t('query.clear')}</Button>}>{t('calls.nothingNext')}</Empty>;
  return <VirtualTable label={t('calls.live')} rows={rows} idOf={(call) => call.id} columns={columns} card={(call) => <LiveCard call={call} />} onOpen={open} />;
}
