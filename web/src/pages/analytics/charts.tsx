// The charts: over time as bars and lines, else the largest rows as bars.
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Chart, type ChartLine } from '@/parts/chart.tsx';
import { Section } from '@/parts/section.tsx';
import { siteZone, useTimeStyle } from '@/parts/time.tsx';
import classes from './analytics.module.css';
import { GroupBars } from './group-bars.tsx';
import { clock, filled, type Span } from './span.ts';
import type { Analytics } from './types.ts';

function useMoments(by: 'hour' | 'day') {
  const { language } = useTimeStyle();
  return useMemo(() => {
    const format = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(language, { timeZone: siteZone, hourCycle: 'h23', ...options });
    const [hours, dates, whole] = [format({ hour: '2-digit', minute: '2-digit' }), format({ day: '2-digit', month: '2-digit' }), format({ day: '2-digit', month: '2-digit', hour: '2-digit', minute: '2-digit' })];
    const axis = (seconds: number) => {
      const time = hours.format(seconds * 1000);
      return by === 'day' || time === '00:00' ? dates.format(seconds * 1000) : time;
    };
    const [numbers, percents] = [new Intl.NumberFormat(language, { maximumFractionDigits: 0 }), new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 0 })];
    const number = (seconds: number) => (by === 'day' ? Math.round(seconds / 86_400) : Number(hours.format(seconds * 1000).slice(0, 2)));
    return { axis, number, count: (value: number) => numbers.format(value), percent: (share: number) => percents.format(share), whole: (seconds: number) => (by === 'day' ? dates : whole).format(seconds * 1000) };
  }, [language, by]);
}

function OverTime({ data, span, by, large }: { data: Analytics; span: Span; by: 'hour' | 'day'; large: boolean }) {
  const { t } = useTranslation();
  const moments = useMoments(by);
  const rows = useMemo(() => filled(data.rows, span, by, siteZone), [data.rows, span, by]);
  const at = useMemo(() => rows.map((row) => Date.parse(row.key) / 1000), [rows]);
  const [calls, rate, length] = useMemo<[ChartLine[], ChartLine[], ChartLine[]]>(
    () => [
      [
        { label: t('analytics.attempts'), color: 'attempts', bars: true, values: rows.map((row) => row.attempts) },
        { label: t('analytics.answered'), color: 'answered', values: rows.map((row) => row.answered) },
        { label: t('analytics.busy'), color: 'busy', values: rows.map((row) => row.busy) },
        { label: t('analytics.failed'), color: 'failed', values: rows.map((row) => row.failed) },
      ],
      [{ label: t('analytics.asr'), color: 'asr', values: rows.map((row) => row.asr ?? null) }],
      [{ label: t('analytics.acd'), color: 'acd', values: rows.map((row) => row.acd ?? null) }],
    ],
    [rows, t],
  );
  const shared = { at, moment: moments.axis, moments: moments.whole, number: moments.number, time: t('analytics.time') };
  return (
    <div className={classes.charts} data-large={large || undefined}>
      <Section title={t('analytics.calls')}><Chart label={t('analytics.calls')} lines={calls} words={moments.count} height={large ? 360 : 230} {...shared} /></Section>
      <div className={classes.pair}>
        <Section title={t('analytics.asrLong')}><Chart label={t('analytics.asrLong')} lines={rate} words={moments.percent} most={1} height={large ? 240 : 150} {...shared} /></Section>
        <Section title={t('analytics.acdLong')}><Chart label={t('analytics.acdLong')} lines={length} words={clock} height={large ? 240 : 150} {...shared} /></Section>
      </div>
    </div>
  );
}

export function Charts({ data, span, large }: { data: Analytics; span: Span; large: boolean }) {
  if (data.by === 'hour' || data.by === 'day') return <OverTime data={data} span={span} by={data.by} large={large} />;
  return <GroupBars data={data} />;
}
