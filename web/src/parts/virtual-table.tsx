// A long list: only the rows in sight are drawn, keys walk it, Enter opens. On a telephone a row is a card.
import { Button, VisuallyHidden } from '@mantine/core';
import { useElementSize, useMediaQuery, useMergedRef } from '@mantine/hooks';
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type MouseEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePreferences } from '@/preferences.ts';
import { cardMeasure, rowMeasure } from '@/theme.ts';
import { moveCursor } from './cursor.ts';
import classes from './virtual-table.module.css';

export interface Column<T> {
  id: string;
  header: string;
  width: string; // a track of a CSS grid
  cell: (row: T) => ReactNode;
  right?: boolean; // numbers
  sorts?: boolean;
  hidden?: boolean; // its header is for those who listen only
}

export interface More {
  has: boolean;
  loading: boolean;
  failed?: boolean; // the last try: a person asks again, not the table
  load: () => void;
}

interface VirtualTableProps<T> {
  label: string;
  rows: readonly T[];
  idOf: (row: T) => string;
  columns: readonly Column<T>[];
  card?: (row: T) => ReactNode;
  onOpen?: (row: T) => void;
  chosen?: string; // the id of the row that is shown beside
  sort?: string; // a column, "-" before it: downwards
  onSort?: (sort: string) => void;
  more?: More;
}

const gap = 14; // pixels between columns

function Head<T>({ columns, sort, onSort }: Pick<VirtualTableProps<T>, 'columns' | 'sort' | 'onSort'>) {
  const by = sort?.replace(/^-/, '');
  const down = sort?.startsWith('-') ?? false;
  const Arrow = down ? IconChevronDown : IconChevronUp;
  return (
    <div className={classes.head} role="row" aria-rowindex={1}>
      {columns.map(({ id, header, right, sorts, hidden }) => (
        <span key={id} role="columnheader" data-right={right || undefined} aria-sort={by === id ? (down ? 'descending' : 'ascending') : undefined}>
          {hidden ? <VisuallyHidden>{header}</VisuallyHidden> : sorts && onSort ? (
            <button type="button" onClick={() => onSort(by === id && !down ? `-${id}` : id)}>
              {header}
              {by === id && <Arrow size={13} aria-hidden />}
            </button>
          ) : header}
        </span>
      ))}
    </div>
  );
}

export function VirtualTable<T>({ label, rows, idOf, columns, card, onOpen, chosen, sort, onSort, more }: VirtualTableProps<T>) {
  const { t } = useTranslation();
  const { density } = usePreferences();
  const small = useMediaQuery('(max-width: 48em)', undefined, { getInitialValueInEffect: false });
  const asCard = small ? card : undefined;
  const height = asCard ? cardMeasure[density] : rowMeasure[density];
  const scroll = useRef<HTMLDivElement>(null);
  const size = useElementSize<HTMLDivElement>();
  const ref = useMergedRef(scroll, size.ref);
  const virtual = useVirtualizer({ count: rows.length, getScrollElement: () => scroll.current, estimateSize: () => height, overscan: 8, getItemKey: (index) => (rows[index] ? idOf(rows[index]) : index) });
  useEffect(() => virtual.measure(), [virtual, height]);
  const items = virtual.getVirtualItems();

  const last = items.at(-1)?.index ?? 0;
  const wanted = more?.has && !more.loading && !more.failed && last >= rows.length - 20;
  const load = more?.load;
  useEffect(() => {
    if (wanted) load?.();
  }, [wanted, load]);

  const [cursor, setCursor] = useState({ id: '', at: 0 }); // the place of a row may change under the keys
  const found = cursor.id === '' ? -1 : rows.findIndex((row) => idOf(row) === cursor.id);
  const at = found >= 0 ? found : Math.min(cursor.at, Math.max(0, rows.length - 1));
  const follow = useRef(false); // the focus goes to a row as soon as it is drawn
  useEffect(() => {
    const here = follow.current && scroll.current?.querySelector<HTMLElement>('[data-row][tabindex="0"]');
    if (!here) return;
    follow.current = false;
    here.focus({ preventScroll: true });
  });

  // A dialog that a row has opened stands elsewhere on the page, but its events come by here too.
  const isOurs = (target: EventTarget) => target instanceof Element && scroll.current?.contains(target) && !target.closest('a, button');
  const onClick = (event: MouseEvent) => {
    if (!(event.target instanceof Element) || !isOurs(event.target)) return;
    const index = Number(event.target.closest('[data-row]')?.getAttribute('data-row') ?? Number.NaN);
    const row = rows[index];
    if (!row) return;
    setCursor({ id: idOf(row), at: index });
    onOpen?.(row);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (!(event.target instanceof Element) || !isOurs(event.target)) return;
    const own = Number(event.target.closest('[data-row]')?.getAttribute('data-row') ?? Number.NaN);
    const here = Number.isNaN(own) ? at : own;
    const to = event.altKey ? null : moveCursor(event.key, here, rows.length, 1, Math.max(1, Math.floor(size.height / height) - 2));
    if (to !== null) {
      setCursor({ id: rows[to] ? idOf(rows[to]) : '', at: to });
      follow.current = true;
      virtual.scrollToIndex(to);
    } else if (event.key === 'Enter' && rows[here]) onOpen?.(rows[here]);
    else return;
    event.preventDefault();
  };

  const tracks = columns.map((column) => column.width).join(' ');
  // All rows are as wide as their tracks need at least, whatever they hold: so the columns of all rows stand under each other.
  const least = columns.reduce((sum, column) => sum + Number(/\d+/.exec(column.width)?.[0] ?? 0), 0) + gap * (columns.length + 1);
  return (
    <div ref={ref} className={classes.scroll} role="grid" aria-label={label} aria-rowcount={more?.has ? -1 : rows.length + 1} aria-busy={more?.loading} data-open={onOpen ? true : undefined} style={{ '--tracks': tracks, '--gap': `${gap}px`, '--least': `${least}px` } as never} onClick={onClick} onKeyDown={onKeyDown}>
      {!asCard && <Head columns={columns} sort={sort} onSort={onSort} />}
      <div role="rowgroup" className={classes.all} style={{ height: virtual.getTotalSize() }}>
        {items.map((item) => {
          const row = rows[item.index]!;
          const place = { transform: `translateY(${item.start}px)`, height };
          return (
            <div key={item.key} role="row" aria-rowindex={item.index + 2} aria-selected={chosen === undefined ? undefined : chosen === idOf(row)} tabIndex={item.index === at ? 0 : -1} data-row={item.index} className={asCard ? classes.card : classes.row} style={place}>
              {asCard ? <div role="gridcell">{asCard(row)}</div> : columns.map((column) => <span key={column.id} role="gridcell" data-right={column.right || undefined}>{column.cell(row)}</span>)}
            </div>
          );
        })}
      </div>
      {more?.failed && (
        <div role="row" className={classes.more}>
          <span role="gridcell">{t('parts.moreFailed')} <Button size="compact-xs" variant="default" loading={more.loading} onClick={more.load}>{t('parts.again')}</Button></span>
        </div>
      )}
    </div>
  );
}
