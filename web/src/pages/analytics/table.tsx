// Every row in numbers, beside the chart.
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useNumbers } from '@/parts/numbers.ts';
import { siteZone, useTimeStyle } from '@/parts/time.tsx';
import { type Column, VirtualTable } from '@/parts/virtual-table.tsx';
import classes from './analytics.module.css';
import { clock } from './span.ts';
import type { Analytics, Row } from './types.ts';

export function AnalyticsTable({ data }: { data: Analytics }) {
  const { t } = useTranslation();
  const { count, percent } = useNumbers();
  const { language } = useTimeStyle();
  const timed = data.by === 'hour' || data.by === 'day';
  const rows = useMemo(() => [data.total, ...(timed ? data.rows.toReversed() : data.rows.toSorted((a, b) => b.attempts - a.attempts))], [data, timed]);
  const columns = useMemo<Column<Row>[]>(() => {
    const format = new Intl.DateTimeFormat(language, { timeZone: siteZone, day: '2-digit', month: '2-digit', ...(data.by === 'hour' ? { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } : {}) });
    const name = (row: Row) => (row === data.total ? <b>{t('analytics.total')}</b> : timed ? format.format(Date.parse(row.key)) : row.label || t('analytics.nobody'));
    const number = (id: string, header: string, cell: (row: Row) => string, width = '54px'): Column<Row> => ({ id, header, width, right: true, cell: (row) => (row === data.total ? <b>{cell(row)}</b> : cell(row)) });
    return [
      { id: 'name', header: t(`analytics.bys.${data.by}`), width: timed ? '96px' : 'minmax(120px, 1fr)', cell: name },
      number('attempts', t('analytics.attempts'), (row) => count(row.attempts), '62px'),
      number('answered', t('analytics.answeredShort'), (row) => count(row.answered)),
      number('busy', t('analytics.busy'), (row) => count(row.busy)),
      number('silent', t('analytics.silentShort'), (row) => count(row.no_answer)),
      number('failed', t('analytics.failed'), (row) => count(row.failed)),
      number('asr', t('analytics.asr'), (row) => (row.asr === undefined ? '—' : percent(row.asr))),
      number('acd', t('analytics.acd'), (row) => (row.acd === undefined ? '—' : clock(row.acd))),
      number('pressed', t('analytics.pressed'), (row) => count(row.with_digits), '58px'),
    ];
  }, [t, count, percent, language, data, timed]);
  return (
    <div className={classes.table}>
      <VirtualTable label={t('analytics.table')} rows={rows} idOf={(row) => (row === data.total ? 'total' : row.key || 'none')} columns={columns} />
    </div>
  );
}
