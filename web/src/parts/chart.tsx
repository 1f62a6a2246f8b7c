// A chart over time: bars and lines in the colours of the theme, values under the pointer, the clock of the site.
import 'uplot/dist/uPlot.min.css';
import { useComputedColorScheme } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { useEffect, useRef } from 'react';
import uPlot from 'uplot';
import { chartColors, chartInk, type ChartRole } from '@/theme.ts';
import classes from './chart.module.css';
import { marksOf } from './chart-marks.ts';

const least = 200; // pixels of width
const markSpace = 56; // pixels between two marks of the axis

export interface ChartLine {
  label: string;
  color: ChartRole;
  values: readonly (number | null)[];
  bars?: boolean;
}

interface ChartProps {
  label: string;
  at: readonly number[]; // seconds
  lines: readonly ChartLine[];
  words: (value: number) => string;
  moment: (seconds: number) => string; // for the axis
  moments: (seconds: number) => string; // for the legend
  number: (seconds: number) => number; // of an hour in its day, or of a day: the axis marks every second, third... of them
  time: string; // the word of the legend
  height: number;
  most?: number; // upper end of the scale, where it is known
}

export function Chart({ label, at, lines, words, moment, moments, number, time, height, most }: ChartProps) {
  const scheme = useComputedColorScheme();
  const { ref, width } = useElementSize<HTMLDivElement>();
  const place = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);

  useEffect(() => {
    if (!place.current) return;
    const [colors, ink] = [chartColors[scheme], chartInk[scheme]];
    const half = at.length > 1 ? (at[1]! - at[0]!) / 2 : 1800;
    const axis = { stroke: ink.words, grid: { stroke: ink.grid, width: 1 }, ticks: { stroke: ink.grid, width: 1 }, font: "11px 'Inter Variable', sans-serif" };
    // While nobody points at it the legend tells the last step.
    const rest = (self: uPlot) => {
      if (at.length > 0 && (self.cursor.idx === null || self.cursor.idx === undefined)) self.setLegend({ idx: at.length - 1 });
    };
    const made = new uPlot(
      {
        width: Math.max(least, place.current.clientWidth),
        height,
        scales: { x: { time: false, range: (_, min, max) => [min - half, max + half] }, y: { range: (_, __, max) => [0, most ?? Math.max(1, max * 1.08)] } },
        axes: [{ ...axis, splits: (self) => marksOf(at, number, self.width / markSpace), values: (_, splits) => splits.map(moment) }, { ...axis, size: 54, values: (_, splits) => splits.map(words) }],
        series: [
          { label: time, value: (_, value) => (value === null || value === undefined ? '—' : moments(value)) },
          ...lines.map((one) => ({
            label: one.label,
            stroke: colors[one.color],
            width: one.bars ? 0 : 2,
            ...(one.bars ? { fill: `${colors[one.color]}66`, paths: uPlot.paths.bars!({ size: [0.7, 40] }) } : {}),
            points: { show: !one.bars && one.values.length < 40, size: 5 },
            spanGaps: false,
            value: (_: uPlot, value: number | null) => (value === null || value === undefined ? '—' : words(value)),
          })),
        ],
        cursor: { points: { size: 7 }, drag: { x: false, y: false } },
        legend: { live: true },
        hooks: { ready: [rest], setCursor: [rest] },
      },
      [[...at], ...lines.map((one) => [...one.values])] as uPlot.AlignedData,
      place.current,
    );
    plot.current = made;
    return () => made.destroy();
  }, [at, lines, words, moment, moments, number, time, most, scheme, height]);
  useEffect(() => {
    if (width > 0) plot.current?.setSize({ width: Math.max(least, width), height });
  }, [width, height]);

  return (
    <figure className={classes.chart} aria-label={label} ref={ref}>
      <div ref={place} />
    </figure>
  );
}
