// The span in a few numbers, and what people pressed.
import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { shareOf, useNumbers } from '@/parts/numbers.ts';
import classes from './analytics.module.css';
import { clock } from './span.ts';
import type { Row } from './types.ts';

export function Totals({ total, waiting, large }: { total: Row; waiting: number; large: boolean }) {
  const { t } = useTranslation();
  const { count, percent } = useNumbers();
  const part = (n: number) => percent(shareOf(n, total.attempts));
  const tiles: [string, string, string, string?][] = [
    ['attempts', t('analytics.attempts'), count(total.attempts)],
    ['answered', t('analytics.answered'), count(total.answered), part(total.answered)],
    ['busy', t('analytics.busy'), count(total.busy), part(total.busy)],
    ['failed', t('analytics.failed'), count(total.failed), part(total.failed)],
    ['asr', t('analytics.asr'), total.asr === undefined ? '—' : percent(total.asr), t('analytics.asrNote')],
    ['acd', t('analytics.acd'), total.acd === undefined ? '—' : clock(total.acd), t('analytics.acdNote')],
    ['digits', t('analytics.pressed'), count(total.with_digits), percent(shareOf(total.with_digits, total.answered))],
  ];
  const digits = Object.entries(total.digits).toSorted(([, a], [, b]) => b - a);
  return (
    <>
      <dl className={classes.tiles} data-large={large || undefined}>
        {tiles.map(([id, name, value, more]) => (
          <div key={id} className={classes.tile}>
            <dt>{name}</dt>
            <dd><b>{value}</b>{more && <span>{more}</span>}</dd>
          </div>
        ))}
      </dl>
      {waiting > 0 && <Text size="xs" c="var(--quiet)">{t('analytics.waiting', { count: waiting })}</Text>}
      {digits.length > 0 && (
        <div className={classes.digits} role="group" aria-label={t('analytics.outcomes')}>
          <Text span size="sm" c="var(--quiet)">{t('analytics.outcomes')}</Text>
          {digits.map(([key, n]) => <span key={key} className={classes.digit}><kbd>{key}</kbd> {count(n)} <span className={classes.quiet}>{percent(shareOf(n, total.with_digits))}</span></span>)}
        </div>
      )}
    </>
  );
}
