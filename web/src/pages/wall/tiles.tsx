// All slots as tiles; only the rows in sight are drawn.
import { useElementSize, useMergedRef } from '@mantine/hooks';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { usePreferences } from '@/preferences.ts';
import { tileMeasure } from '@/theme.ts';
import { Tile } from './tile.tsx';
import { type Selection, useGrid } from './use-grid.ts';
import classes from './wall.module.css';
import type { WallSlot } from './wall-slot.ts';

const gap = 6;

export function Tiles({ slots, selection }: { slots: readonly WallSlot[]; selection: Selection }) {
  const { t } = useTranslation();
  const { density } = usePreferences();
  const { width: tileWidth, height: tileHeight } = tileMeasure[density];
  const scroll = useRef<HTMLDivElement>(null);
  const size = useElementSize<HTMLDivElement>();
  const ref = useMergedRef(scroll, size.ref);
  const columns = Math.max(1, Math.floor((size.width + gap) / (tileWidth + gap)));
  const rows = Math.ceil(slots.length / columns);
  const virtual = useVirtualizer({ count: rows, getScrollElement: () => scroll.current, estimateSize: () => tileHeight + gap, overscan: 3 });
  useEffect(() => virtual.measure(), [virtual, tileHeight]);

  const pageRows = Math.max(1, Math.floor(size.height / (tileHeight + gap)));
  const grid = useGrid(slots, selection, { columns, pageRows, scroll, show: (index) => virtual.scrollToIndex(Math.floor(index / columns)) });

  return (
    <div ref={ref} className={classes.scroll} role="grid" aria-label={t('wall.slots')} aria-multiselectable aria-rowcount={rows} aria-colcount={columns} onClick={grid.onClick} onKeyDown={grid.onKeyDown}>
      <div role="rowgroup" className={classes.all} style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map((row) => (
          <div key={row.key} role="row" aria-rowindex={row.index + 1} className={classes.tileRow} style={{ transform: `translateY(${row.start}px)`, height: tileHeight, gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))` }}>
            {slots.slice(row.index * columns, (row.index + 1) * columns).map((slot, i) => (
              <Tile key={slot.number} slot={slot} chosen={selection.chosen.has(slot.number)} here={row.index * columns + i === grid.at} />
            ))}
          </div>
        ))}
      </div>
    </div>
  );
}
