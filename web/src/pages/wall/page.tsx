// The Wall: every slot and its state, live.
import { Button, Group, SegmentedControl, Text } from '@mantine/core';
import { IconLayoutGrid, IconTable } from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '@/api/me.ts';
import { PageHead } from '@/parts/section.tsx';
import { type Deed, useDeeds } from '@/parts/shortcuts.ts';
import { Empty, Failed, Forbidden, Loading } from '@/parts/states.tsx';
import { type BulkDeed, bulkDeeds } from './bulk.ts';
import { BulkBar, bulkPermission } from './bulk-bar.tsx';
import { BulkDialog } from './bulk-dialog.tsx';
import { QueryBar } from './query-bar.tsx';
import { Rows } from './rows.tsx';
import type { WallSearch } from './search.ts';
import { matches, parseSlotQuery } from './slot-query.ts';
import { Summary } from './summary.tsx';
import { Tiles } from './tiles.tsx';
import { useSelection } from './use-grid.ts';
import { useWall } from './use-wall.ts';
import { ViewsMenu } from './views-menu.tsx';
import classes from './wall.module.css';
import type { WallSlot } from './wall-slot.ts';

const uniqueSorted = (values: Iterable<string | null>): string[] => [...new Set(values)].filter((one): one is string => one !== null).toSorted();

export function WallPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const may = useMay();
  const search = useSearch({ from: '/inside/frame/wall' });
  const q = search.q ?? '';
  const { query, problems } = useMemo(() => parseSlotQuery(q), [q]);
  const wrong = problems.length > 0;
  const { slots, refused, pending, error, again } = useWall(query.retired);
  const shown = useMemo(() => (wrong ? [] : slots.filter((slot) => matches(query, slot))), [slots, query, wrong]);
  const selection = useSelection();
  const [bulk, setBulk] = useState<{ deed: BulkDeed; slots: WallSlot[] } | null>(null);
  const input = useRef<HTMLInputElement>(null);

  const hubs = useMemo(() => uniqueSorted(slots.map((slot) => slot.hub)).join('\n'), [slots]);
  const faults = useMemo(() => uniqueSorted(slots.map((slot) => slot.fault_code)).join('\n'), [slots]);
  const known = useMemo(() => ({ hubs: hubs.split('\n').filter(Boolean), faults: faults.split('\n').filter(Boolean) }), [hubs, faults]);

  const go = useCallback((next: WallSearch) => void navigate({ to: '/wall', search: next, replace: true }), [navigate]);
  const setQuery = useCallback((next: string) => go({ ...search, q: next.trim() === '' ? undefined : next }), [go, search]);
  const begin = (deed: BulkDeed) => setBulk({ deed, slots: slots.filter((slot) => selection.chosen.has(slot.number)) });

  const table = search.view === 'table';
  const group = t('wall.title');
  const chooseAll = () => selection.choose(shown.map((slot) => slot.number));
  const bulkDeed = (deed: BulkDeed): Deed => ({
    id: `wall ${deed}`,
    label: t('wall.bulkDeed', { deed: t(`bulk.${deed}`) }),
    group,
    run: () => (selection.chosen.size === 0 ? chooseAll() : begin(deed)),
  });
  useDeeds([
    { id: 'wall find', label: t('wall.find'), group, key: '/', run: () => input.current?.focus() },
    { id: 'wall view', label: t(table ? 'wall.asTiles' : 'wall.asTable'), group, key: 'v', run: () => go({ ...search, view: table ? undefined : 'table' }) },
    { id: 'wall all', label: t('wall.chooseAll'), group, key: 'a', run: chooseAll },
    { id: 'wall none', label: t('bulk.clear'), group, key: 'escape', run: () => selection.choose([]), hidden: true },
    ...bulkDeeds.filter((deed) => may(bulkPermission(deed))).map(bulkDeed),
  ]);

  if (refused !== null) return <Forbidden permission={refused} />;
  return (
    <div className={classes.page}>
      <div className={classes.head}>
        <PageHead title={t('wall.title')} note={<Text span size="sm">{t('wall.count', { count: shown.length, total: slots.length })}</Text>}>
          <ViewsMenu search={search} onChoose={go} />
          <SegmentedControl
            aria-label={t('wall.view')}
            value={table ? 'table' : 'tiles'}
            onChange={(view) => go({ ...search, view: view === 'table' ? 'table' : undefined })}
            data={[
              { value: 'tiles', label: <Group gap={4} wrap="nowrap"><IconLayoutGrid size={14} aria-hidden />{t('wall.tiles')}</Group> },
              { value: 'table', label: <Group gap={4} wrap="nowrap"><IconTable size={14} aria-hidden />{t('wall.table')}</Group> },
            ]}
          />
        </PageHead>
        <QueryBar q={q} known={known} input={input} onQuery={setQuery} />
        <Summary slots={slots} q={q} onQuery={setQuery} />
      </div>
      {pending ? (
        error ? <Failed why={error} onRetry={again} /> : <div style={{ padding: 12 }}><Loading rows={12} /></div>
      ) : slots.length === 0 ? (
        error ? <Failed why={error} onRetry={again} /> : <Empty title={t('wall.none')}>{t('wall.noneNext')}</Empty>
      ) : shown.length === 0 ? (
        <Empty title={t(wrong ? 'wall.mistake' : 'wall.nothing')} action={<Button variant="default" onClick={() => setQuery('')}>{t('query.clear')}</Button>}>{t(wrong ? 'wall.mistakeNext' : 'wall.nothingNext')}</Empty>
      ) : table ? (
        <Rows slots={shown} selection={selection} sort={search.sort} onSort={(sort) => go({ ...search, sort })} />
      ) : (
        <Tiles slots={shown} selection={selection} />
      )}
      {selection.chosen.size > 0 && <BulkBar count={selection.chosen.size} onDeed={begin} onClear={() => selection.choose([])} />}
      {bulk && <BulkDialog deed={bulk.deed} slots={bulk.slots} onClose={() => setBulk(null)} />}
    </div>
  );
}
