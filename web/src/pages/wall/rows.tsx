// All slots as a table, sorted by a column that stands in the URL; only the rows in sight are drawn.
import { VisuallyHidden } from '@mantine/core';
import { useElementSize, useMergedRef } from '@mantine/hooks';
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import { createColumnHelper, createSortedRowModel, rowSortingFeature, tableFeatures, useTable } from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { StateBadge } from '@/parts/state-badge.tsx';
import { Age, Timer } from '@/parts/time.tsx';
import { usePreferences } from '@/preferences.ts';
import { rowMeasure, slotStates } from '@/theme.ts';
import { Flags } from './flags.tsx';
import { type Selection, useGrid } from './use-grid.ts';
import classes from './wall.module.css';
import { inCall, type WallSlot } from './wall-slot.ts';

const features = tableFeatures({ rowSortingFeature, sortedRowModel: createSortedRowModel() });
const column = createColumnHelper<typeof features, WallSlot>();
const words = (a: string | null, b: string | null) => (a ?? '~').localeCompare(b ?? '~');

function useColumns() {
  const { t } = useTranslation();
  return useMemo(
    () =>
      column.columns([
        column.accessor('number', { header: t('wall.number'), cell: (c) => <b>{c.getValue()}</b>, sortFn: (a, b) => Number(a.original.number) - Number(b.original.number) }),
        column.accessor('state', { header: t('wall.state'), cell: (c) => <StateBadge state={c.getValue()} />, sortFn: (a, b) => slotStates.indexOf(a.original.state as never) - slotStates.indexOf(b.original.state as never) }),
        column.accessor('since', { header: t('wall.since'), cell: (c) => (inCall(c.row.original.state) ? <Timer since={c.getValue()} /> : <Age since={c.getValue()} />), sortFn: (a, b) => Date.parse(a.original.since) - Date.parse(b.original.since) }),
        column.accessor('hub', { header: t('wall.hub'), sortFn: (a, b) => words(a.original.hub, b.original.hub) }),
        column.accessor('kind', { header: t('wall.kind'), sortFn: (a, b) => words(a.original.kind, b.original.kind) }),
        column.accessor('registered', { header: t('wall.registration'), cell: (c) => t(c.getValue() ? 'flags.registered' : 'flags.unregistered'), sortFn: (a, b) => Number(a.original.registered) - Number(b.original.registered) }),
        column.display({ id: 'lease', header: t('wall.lease'), cell: (c) => (c.row.original.leased ? `#${c.row.original.epoch}` : '—') }),
        column.accessor('fault_code', { id: 'fault', header: t('wall.fault'), cell: (c) => c.getValue() ?? '—', sortFn: (a, b) => words(a.original.fault_code, b.original.fault_code) }),
        column.display({ id: 'flags', header: t('wall.held'), cell: (c) => <Flags slot={c.row.original} /> }),
      ]),
    [t],
  );
}

interface RowsProps {
  slots: WallSlot[];
  selection: Selection;
  sort: string | undefined;
  onSort: (sort: string) => void;
}

export function Rows({ slots, selection, sort, onSort }: RowsProps) {
  const { t } = useTranslation();
  const { density } = usePreferences();
  const height = rowMeasure[density];
  const columns = useColumns();
  const by = sort?.replace(/^-/, '') ?? 'number';
  const down = sort?.startsWith('-') ?? false;
  const state = useMemo(() => ({ sorting: [{ id: by, desc: down }] }), [by, down]);
  const table = useTable({ features, columns, data: slots, state, getRowId: (slot) => slot.number });
  const rows = table.getRowModel().rows;
  const shown = useMemo(() => rows.map((row) => row.original), [rows]);

  const scroll = useRef<HTMLDivElement>(null);
  const size = useElementSize<HTMLDivElement>();
  const ref = useMergedRef(scroll, size.ref);
  const virtual = useVirtualizer({ count: rows.length, getScrollElement: () => scroll.current, estimateSize: () => height, overscan: 8, getItemKey: (index) => rows[index]?.id ?? index });
  useEffect(() => virtual.measure(), [virtual, height]);
  const pageRows = Math.max(1, Math.floor(size.height / height) - 2);
  const grid = useGrid(shown, selection, { columns: 1, pageRows, scroll, show: (index) => virtual.scrollToIndex(index) });

  return (
    <div ref={ref} className={classes.scroll} role="grid" aria-label={t('wall.slots')} aria-multiselectable aria-rowcount={rows.length + 1} onClick={grid.onClick} onKeyDown={grid.onKeyDown}>
      <div className={classes.headRow} role="row" aria-rowindex={1}>
        <span role="columnheader"><VisuallyHidden>{t('wall.choose')}</VisuallyHidden></span>
        {table.getHeaderGroups()[0]?.headers.map((header) => {
          const mine = header.column.id === by;
          const can = header.column.getCanSort();
          const Arrow = down ? IconChevronDown : IconChevronUp;
          return (
            <span key={header.id} role="columnheader" aria-sort={mine ? (down ? 'descending' : 'ascending') : undefined}>
              {can ? (
                <button type="button" onClick={() => onSort(mine && !down ? `-${header.column.id}` : header.column.id)}>
                  <table.FlexRender header={header} />
                  {mine && <Arrow size={13} aria-hidden />}
                </button>
              ) : (
                <table.FlexRender header={header} />
              )}
            </span>
          );
        })}
      </div>
      <div role="rowgroup" className={classes.all} style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map((item) => {
          const row = rows[item.index]!;
          const chosen = selection.chosen.has(row.id);
          return (
            <div key={item.key} role="row" aria-rowindex={item.index + 2} aria-selected={chosen} tabIndex={item.index === grid.at ? 0 : -1} data-number={row.id} className={classes.row} style={{ transform: `translateY(${item.start}px)`, height }}>
              <span role="gridcell" data-box className={classes.boxCell}><span className={classes.box} aria-hidden /></span>
              {row.getAllCells().map((cell) => (
                <span key={cell.id} role="gridcell"><table.FlexRender cell={cell} /></span>
              ))}
            </div>
          );
        })}
      </div>
    </div>
  );
}
