// The campaigns that move: how many calls, how fast, how far.
import { useTranslation } from 'react-i18next';
import type { LiveCampaign } from '@/live/topics.ts';
import { Bar } from '@/parts/bar.tsx';
import { shareOf, useNumbers } from '@/parts/numbers.ts';
import classes from './floor.module.css';

const most = 6; // as many as can be read from three metres

export function FloorCampaigns({ campaigns }: { campaigns: readonly LiveCampaign[] }) {
  const { t } = useTranslation();
  const { count, percent } = useNumbers();
  const shown = campaigns.slice(0, most);
  const head = (text: string) => <span role="columnheader">{text}</span>;
  return (
    <section className={classes.panel} aria-label={t('floor.campaigns')}>
      <h2 className={classes.title}>{t('floor.campaigns')}{campaigns.length > most && <span className={classes.more}>{t('floor.more', { count: campaigns.length - most })}</span>}</h2>
      {shown.length === 0 ? (
        <p className={classes.none}>{t('floor.noCampaigns')}</p>
      ) : (
        <div role="table" aria-label={t('floor.campaigns')} className={classes.campaigns}>
          <div role="row" className={classes.campaignHead}>
            {head(t('floor.campaign'))}{head(t('floor.callsNow'))}{head(t('floor.rate'))}{head(t('floor.answered'))}{head(t('floor.done'))}
          </div>
          {shown.map((one) => {
            const tried = one.answered + one.busy + one.failed + (one.no_answer ?? 0);
            const done = shareOf(one.finished, one.total);
            return (
              <div key={one.id} role="row" className={classes.campaign} data-state={one.state === 'running' ? 'ready' : 'calling'}>
                <span role="cell" className={classes.campaignName}>
                  <span className={classes.clip}>{one.name}</span>
                  {one.state !== 'running' && <span className={classes.badge}>{t(`floor.states.${one.state as 'paused'}`)}</span>}
                </span>
                <span role="cell" className={classes.big}>{count(one.calls_now)}</span>
                <span role="cell">{count(one.rate)}</span>
                <span role="cell">{tried > 0 ? percent(shareOf(one.answered, tried)) : '—'}</span>
                <span role="cell" className={classes.progress}>
                  <Bar tall label={t('floor.doneSay', { finished: one.finished, total: one.total })} parts={[{ share: done, tone: 'good' }]} />
                  <span>{percent(done)}</span>
                </span>
              </div>
            );
          })}
        </div>
      )}
    </section>
  );
}
