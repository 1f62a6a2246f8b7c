// The hubs and their agents: what is linked, what waits, what differs, live.
import { Button, Group, SegmentedControl, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '@/api/me.ts';
import { Bar } from '@/parts/bar.tsx';
import { FilterInput } from '@/parts/filter-input.tsx';
import { useNumbers, shareOf } from '@/parts/numbers.ts';
import layout from '@/parts/page.module.css';
import { PageHead } from '@/parts/section.tsx';
import { useDeeds } from '@/parts/shortcuts.ts';
import { Empty, Failed, Loading, StaleNote } from '@/parts/states.tsx';
import { Tag } from '@/parts/tag.tsx';
import { Age } from '@/parts/time.tsx';
import { type Column, VirtualTable } from '@/parts/virtual-table.tsx';
import classes from './archonts.module.css';
import { EnrolDialog } from './enrol-dialog.tsx';
import { type HubRow, type HubSlots, hasTrouble, type Show, shown, sorted, standingOf, usualSoftware } from './hub-row.ts';
import type { ArchontsSearch } from './search.ts';
import { Drift, Journal, Skew, StandingTag } from './standing.tsx';
import { useHubs } from './use-hubs.ts';

function SlotsBar({ slots, away }: { slots: HubSlots; away: boolean }) {
  const { t } = useTranslation();
  const { count } = useNumbers();
  if (slots.total === 0) return <>—</>;
  const label = t('archonts.slotsSay', { ...slots });
  const share = (n: number) => shareOf(n, slots.total);
  return (
    <span className={classes.slots} title={label}>
      <Bar label={label} parts={[{ share: share(slots.busy), tone: away ? 'plain' : 'main' }, { share: share(slots.idle), tone: away ? 'plain' : 'good' }, { share: share(slots.fault), tone: 'bad' }]} />
      <span className={classes.total}>{count(slots.total)}</span>
    </span>
  );
}

function useColumns(usual: string | null): Column<HubRow>[] {
  const { t } = useTranslation();
  return useMemo(
    () => [
      { id: 'label', header: t('archonts.hub'), width: 'minmax(130px, 1.2fr)', sorts: true, cell: (row) => <b>{row.label}</b> },
      { id: 'kind', header: t('wall.kind'), width: '52px', cell: (row) => row.kind },
      { id: 'standing', header: t('archonts.link'), width: 'minmax(124px, 1fr)', sorts: true, cell: (row) => <StandingTag row={row} /> },
      { id: 'server', header: t('archonts.server'), width: 'minmax(110px, 1fr)', cell: (row) => row.server ?? (row.seen ? <>{t('archonts.seen')} <Age since={row.seen} /> {t('archonts.ago')}</> : '—') },
      { id: 'slots', header: t('archonts.slots'), width: 'minmax(130px, 1fr)', sorts: true, cell: (row) => <SlotsBar slots={row.slots} away={!row.linked} /> },
      { id: 'journal', header: t('archonts.journal'), width: '76px', right: true, sorts: true, cell: (row) => <Journal depth={row.journal} /> },
      { id: 'skew', header: t('archonts.clock'), width: '84px', right: true, sorts: true, cell: (row) => <Skew ms={row.skew} /> },
      { id: 'software', header: t('archonts.version'), width: 'minmax(80px, 0.6fr)', sorts: true, cell: (row) => (row.software && usual && row.software !== usual ? <Tag tone="warn">{row.software}</Tag> : (row.software ?? '—')) },
      { id: 'config', header: t('archonts.config'), width: 'minmax(112px, 0.8fr)', cell: (row) => <Drift row={row} /> },
    ],
    [t, usual],
  );
}

export function ArchontsPage() {
  const { t } = useTranslation();
  const may = useMay();
  const navigate = useNavigate();
  const search = useSearch({ from: '/inside/frame/archonts' });
  const { rows, pending, error, again, heard } = useHubs();
  const [enrolling, setEnrolling] = useState(false);
  const { q = '', show, sort } = search;
  const list = useMemo(() => sorted(rows.filter((row) => shown(row, q, show)), sort), [rows, q, show, sort]);
  const columns = useColumns(useMemo(() => usualSoftware(rows), [rows]));
  const go = useCallback((change: ArchontsSearch) => void navigate({ to: '/archonts', search: (before) => ({ ...before, ...change }), replace: true }), [navigate]);
  const setQuery = useCallback((next: string) => go({ q: next.trim() === '' ? undefined : next }), [go]);

  const mayEnrol = may('point.archont.enrol');
  const enrol = () => setEnrolling(true);
  const waiting = (row: HubRow) => ['pending', 'unapproved'].includes(standingOf(row));
  useDeeds(mayEnrol ? [{ id: 'archonts enrol', label: t('archonts.enrol'), group: t('archonts.title'), key: 'e', run: enrol }] : []);
  const enrolButton = mayEnrol && <Button leftSection={<IconPlus size={15} aria-hidden />} onClick={enrol}>{t('archonts.enrol')}</Button>;
  const choice = (value: Show | 'all', count: number) => ({ value, label: t(`archonts.show.${value}`, { count }) });
  return (
    <div className={layout.page}>
      <div className={layout.head}>
        <PageHead title={t('archonts.title')} note={<Text span size="sm">{t('archonts.count', { linked: rows.filter((row) => row.linked).length, total: rows.filter((row) => row.approved).length })}</Text>}>
          {enrolButton}
        </PageHead>
      </div>
      <div className={layout.tools}>
        <FilterInput value={q} label={t('archonts.find')} group={t('archonts.title')} onChange={setQuery} />
        <SegmentedControl
          aria-label={t('wall.view')}
          value={show ?? 'all'}
          onChange={(value) => go({ show: value === 'all' ? undefined : (value as Show) })}
          data={[choice('all', 0), choice('trouble', rows.filter(hasTrouble).length), choice('pending', rows.filter(waiting).length), choice('revoked', rows.filter((row) => row.identity === 'revoked').length)]}
        />
      </div>
      {error && rows.length > 0 && <StaleNote heard={heard} />}
      {pending ? (
        error ? <Failed why={error} onRetry={again} /> : <div className={classes.pad}><Loading rows={10} /></div>
      ) : rows.length === 0 ? (
        error ? <Failed why={error} onRetry={again} /> : <Empty title={t('archonts.none')} action={enrolButton}>{t('archonts.noneNext')}</Empty>
      ) : list.length === 0 ? (
        <Empty title={t(show === 'trouble' && q === '' ? 'archonts.noTrouble' : 'archonts.nothing')} action={<Button variant="default" onClick={() => go({ q: undefined, show: undefined })}>{t('query.clear')}</Button>} />
      ) : (
        <VirtualTable
          label={t('archonts.title')}
          rows={list}
          idOf={(row) => row.id}
          columns={columns}
          sort={sort ?? 'label'}
          onSort={(next) => go({ sort: next === 'label' ? undefined : next })}
          onOpen={(row) => void navigate({ to: '/archonts/$hub', params: { hub: row.id } })}
          card={(row) => (
            <>
              <Group justify="space-between" wrap="nowrap"><b>{row.label}</b><StandingTag row={row} /></Group>
              <SlotsBar slots={row.slots} away={!row.linked} />
            </>
          )}
        />
      )}
      {enrolling && <EnrolDialog onClose={() => setEnrolling(false)} />}
    </div>
  );
}
