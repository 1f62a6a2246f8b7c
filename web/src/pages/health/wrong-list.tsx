// What is wrong now: what it is, since when, what to do about it, and where.
import { IconAlertTriangle, IconCircleCheck, IconExclamationCircle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { LiveHealth } from '@/live/topics.ts';
import { GoLink } from '@/parts/go-link.tsx';
import { Age, Time } from '@/parts/time.tsx';
import { stateOf, textKey } from './health.ts';
import classes from './health.module.css';
import { useHealthWords } from './words.ts';

function Where({ item }: { item: LiveHealth }) {
  const { t } = useTranslation();
  switch (textKey(item)) {
    case 'fleet_hubs_unreachable':
      return <GoLink to="/archonts" search={{ show: 'trouble' }} size="sm" underline="always">{t('archonts.title')}</GoLink>;
    case 'fleet_slots_fault':
      return <GoLink to="/wall" search={{ q: 'state:FAULT' }} size="sm" underline="always">{t('wall.title')}</GoLink>;
    case 'fleet_trunks_down':
      return <GoLink to="/trunks" size="sm" underline="always">{t('trunks.title')}</GoLink>;
    default:
      return null;
  }
}

export function WrongList({ items, known }: { items: readonly LiveHealth[]; known: number }) {
  const { t } = useTranslation();
  const words = useHealthWords();
  if (items.length === 0) {
    return (
      <div className={classes.well} data-state="ready" role="status">
        <IconCircleCheck size={26} stroke={1.8} aria-hidden />
        <div>
          <b>{t('health.well')}</b>
          <p>{t('health.wellCount', { count: known })}</p>
        </div>
      </div>
    );
  }
  return (
    <ol className={classes.wrong}>
      {items.map((item) => {
        const bad = stateOf(item) === 'bad';
        const Icon = bad ? IconAlertTriangle : IconExclamationCircle;
        const value = words.value(item);
        return (
          <li key={item.id} className={classes.trouble} data-state={bad ? 'fault' : 'calling'}>
            <Icon size={20} stroke={1.8} aria-label={t(bad ? 'health.states.bad' : 'health.states.warn')} />
            <div className={classes.what}>
              <h3 className={classes.name}>{words.name(item)}{value !== null && <span className={classes.value}>{value}</span>}</h3>
              {words.text(item) !== words.name(item) && <p>{words.text(item)}</p>}
              <p className={classes.advice}><b>{t('health.todo')}</b> {words.advice(item)} <Where item={item} /></p>
            </div>
            {item.since && <div className={classes.since}><b><Age since={item.since} /></b><span>{t('slot.since')} <Time at={item.since} /></span></div>}
          </li>
        );
      })}
    </ol>
  );
}
