// The week of a profile: when each day may be called, in the callee's own time.
import { useTranslation } from 'react-i18next';
import { days, weekOf } from './documents.ts';
import type { ProfileDocument } from './questions.ts';
import classes from './settings.module.css';

export function Week({ windows }: { windows: ProfileDocument['windows'] }) {
  const { t } = useTranslation();
  const week = weekOf(windows);
  return (
    <div className={classes.week} role="list" aria-label={t('settings.windows')}>
      {days.map((day) => {
        const words = week[day].map((one) => `${one.from}–${one.to}`).join(', ');
        return (
          <div key={day} role="listitem" style={{ display: 'contents' }}>
            <span className={classes.day}>{t(`settings.days.${day}`)}</span>
            <svg className={classes.bar} aria-hidden>
              {week[day].map((one) => <rect key={one.from} x={`${one.start * 100}%`} width={`${one.length * 100}%`} height="100%" className={classes.open} />)}
              {[25, 50, 75].map((x) => <line key={x} x1={`${x}%`} x2={`${x}%`} y1="0" y2="100%" className={classes.noon} />)}
            </svg>
            <span className={words ? undefined : classes.none}>{words || t('settings.closed')}</span>
          </div>
        );
      })}
      <span />
      <span className={classes.clock} aria-hidden><span>00</span><span>06</span><span>12</span><span>18</span><span>24</span></span>
      <span />
    </div>
  );
}
