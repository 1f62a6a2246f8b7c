// Campaigns, trunks, slots or hubs against each other: the largest first, each bar in its outcomes.
import { useTranslation } from 'react-i18next';
import { useNumbers } from '@/parts/numbers.ts';
import { Section } from '@/parts/section.tsx';
import classes from './analytics.module.css';
import type { Analytics, Row } from './types.ts';

const most = 20;
const parts = [['answered', 'answered'], ['busy', 'busy'], ['failed', 'failed'], ['rest', 'attempts']] as const;

const partOf = (row: Row, part: (typeof parts)[number][0]): number => (part === 'rest' ? Math.max(0, row.attempts - row.answered - row.busy - row.failed) : row[part]);

export function GroupBars({ data }: { data: Analytics }) {
  const { t } = useTranslation();
  const { count, percent } = useNumbers();
  const rows = data.rows.toSorted((a, b) => b.attempts - a.attempts);
  const top = rows[0]?.attempts ?? 1;
  return (
    <Section title={t(`analytics.bys.${data.by}`)} note={rows.length > most ? t('analytics.largest', { count: most, total: rows.length }) : undefined}>
      <div className={classes.key} aria-hidden>{parts.map(([part, color]) => <span key={part} data-color={color}>{t(`analytics.${part}`)}</span>)}</div>
      <ul className={classes.groups}>
        {rows.slice(0, most).map((row) => {
          let x = 0;
          return (
            <li key={row.key}>
              <span className={classes.groupName} title={row.label}>{row.label || t('analytics.nobody')}</span>
              <svg className={classes.groupBar} aria-hidden>
                {parts.map(([part, color]) => {
                  const from = x;
                  x += (partOf(row, part) / top) * 100;
                  return <rect key={part} x={`${from}%`} width={`${x - from}%`} height="100%" data-color={color} />;
                })}
              </svg>
              <span className={classes.groupCount}>{count(row.attempts)}</span>
              <span className={classes.groupCount}>{row.asr === undefined ? '—' : percent(row.asr)}</span>
            </li>
          );
        })}
      </ul>
    </Section>
  );
}
