// The slots by state and the trunks by use: whether there is anything to call with.
import { useTranslation } from 'react-i18next';
import type { LiveTrunk } from '@/live/topics.ts';
import { Bar } from '@/parts/bar.tsx';
import { gaugeTone } from '@/parts/gauge.tsx';
import { shareOf, useNumbers } from '@/parts/numbers.ts';
import { StateIcon, useStateWord } from '@/parts/state-badge.tsx';
import { slotStates, stateRole } from '@/theme.ts';
import type { SlotFigures } from './figures.ts';
import classes from './floor.module.css';

export function FloorSlots({ slots }: { slots: SlotFigures }) {
  const { t } = useTranslation();
  const { count } = useNumbers();
  const word = useStateWord();
  return (
    <section className={classes.panel} aria-label={t('floor.slots')}>
      <h2 className={classes.title}>{t('floor.slots')}<span className={classes.more}>{count(slots.total)}{slots.held > 0 && ` · ${t('floor.held', { count: slots.held })}`}</span></h2>
      <ul className={classes.states}>
        {slotStates.map((state) => (
          <li key={state} className={classes.state} data-state={stateRole(state)} data-none={slots.byState[state] === 0 || undefined}>
            <b>{count(slots.byState[state])}<StateIcon state={state} size={20} /></b>
            <span>{word(state)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

const most = 4;

export function FloorTrunks({ trunks }: { trunks: readonly LiveTrunk[] }) {
  const { t } = useTranslation();
  const { count } = useNumbers();
  return (
    <section className={classes.panel} aria-label={t('floor.trunks')}>
      <h2 className={classes.title}>{t('floor.trunks')}{trunks.length > most && <span className={classes.more}>{t('floor.more', { count: trunks.length - most })}</span>}</h2>
      {trunks.length === 0 && <p className={classes.none}>{t('floor.noTrunks')}</p>}
      <ul className={classes.trunks}>
        {trunks.slice(0, most).map((one) => {
          const down = one.health === 'down';
          return (
            <li key={one.id} className={classes.trunk} data-state={down ? 'fault' : 'idle'} data-down={down || undefined}>
              <span className={classes.clip}>{one.name}</span>
              <span className={classes.use}>{down ? t('trunks.health.down') : `${count(one.in_use)} / ${count(one.channels)}`}</span>
              <Bar tall label={t('trunks.useSay', { name: one.name, used: one.in_use, channels: one.channels })} parts={[{ share: shareOf(one.in_use, one.channels), tone: gaugeTone(one.in_use, one.channels) }]} />
            </li>
          );
        })}
      </ul>
    </section>
  );
}
