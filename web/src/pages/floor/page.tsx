// The Floor: calls, campaigns, slots and trunks now, to be read from three metres. One screen, nothing scrolls, nothing rotates.
import { ActionIcon } from '@mantine/core';
import { IconArrowLeft, IconDeviceDesktop, IconMaximize, IconMinimize, IconMoon, IconSun } from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { type ReactNode, useCallback, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLine, useTopic } from '@/live/hooks.ts';
import { useTicking } from '@/parts/clock.ts';
import { FrameDeeds } from '@/parts/frame-deeds.tsx';
import { LineBadge, LineNote } from '@/parts/line-badge.tsx';
import { useNumbers } from '@/parts/numbers.ts';
import { useDeeds } from '@/parts/shortcuts.ts';
import { Forbidden, Loading, Offline } from '@/parts/states.tsx';
import { siteZone, Timer } from '@/parts/time.tsx';
import { FloorCampaigns } from './campaigns.tsx';
import { callFigures, movingCampaigns, perMinute, shownTrunks, slotFigures } from './figures.ts';
import { FloorSlots, FloorTrunks } from './fleet.tsx';
import classes from './floor.module.css';
import { useFullScreen, useOwnScheme, useWakeLock } from './screen.ts';

function Clock() {
  const format = useMemo(() => new Intl.DateTimeFormat('en-GB', { timeZone: siteZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }), []);
  return <span className={classes.clock}>{useTicking(useCallback((now: number) => format.format(now), [format]))}</span>;
}

function Figure({ name, children, role = 'idle', long = false }: { name: string; children: ReactNode; role?: string; long?: boolean }) {
  return (
    <div className={classes.figure} data-state={role}>
      <dt>{name}</dt>
      <dd data-long={long || undefined}>{children}</dd>
    </div>
  );
}

/** True when it has been so for five seconds: the first moments of a connection are nobody's trouble. */
function useLater(so: boolean): boolean {
  const [late, setLate] = useState(false);
  useEffect(() => {
    setLate(false);
    if (!so) return;
    const timer = setTimeout(() => setLate(true), 5_000);
    return () => clearTimeout(timer);
  }, [so]);
  return late;
}

function Content() {
  const { t } = useTranslation();
  const { count } = useNumbers();
  const line = useLine();
  const campaigns = useTopic('campaigns');
  const calls = useTopic('calls');
  const slots = useTopic('slots');
  const trunks = useTopic('trunks');
  const moving = useMemo(() => movingCampaigns(campaigns.items ?? []), [campaigns.items]);
  const now = useMemo(() => callFigures(calls.items ?? []), [calls.items]);
  const fleet = useMemo(() => slotFigures(slots.items ?? []), [slots.items]);
  const ways = useMemo(() => shownTrunks(trunks.items ?? []), [trunks.items]);
  const away = useLater(campaigns.items === null && line.heard === 0);
  if (line.state === 'forbidden') return <Forbidden permission="workspace.live.open" />;
  if (campaigns.refused !== null) return <Forbidden permission={campaigns.refused} />;
  if (campaigns.items === null) return away ? <Offline /> : <div className={classes.wait}><Loading rows={10} /></div>;
  const known = calls.items !== null;
  return (
    <>
      <dl className={classes.figures}>
        <Figure name={t('floor.talking')} role={now.talking > 0 ? 'active-call' : 'idle'}>{known ? count(now.talking) : '—'}</Figure>
        <Figure name={t('floor.ringing')} role={now.ringing > 0 ? 'calling' : 'idle'}>{known ? count(now.ringing) : '—'}</Figure>
        <Figure name={t('floor.waiting')}>{known ? count(now.waiting) : '—'}</Figure>
        <Figure name={t('floor.oldest')} long>{now.oldestWait ? <Timer since={now.oldestWait} /> : '—'}</Figure>
        <Figure name={t('floor.perMinute')}>{count(perMinute(moving))}</Figure>
        <Figure name={t('states.FAULT')} role={fleet.byState.FAULT > 0 ? 'fault' : 'idle'}>{slots.items === null ? '—' : count(fleet.byState.FAULT)}</Figure>
      </dl>
      <div className={classes.body}>
        <FloorCampaigns campaigns={moving} />
        <div className={classes.side}>
          {slots.refused === null && slots.items !== null && <FloorSlots slots={fleet} />}
          {trunks.refused === null && trunks.items !== null && <FloorTrunks trunks={ways} />}
        </div>
      </div>
    </>
  );
}

export function FloorPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const light = useSearch({ from: '/inside/floor' }).scheme === 'light';
  useOwnScheme(light ? 'light' : 'dark');
  const { full, can, toggle } = useFullScreen();
  const awake = useWakeLock();
  const turn = () => void navigate({ to: '/floor', search: light ? {} : { scheme: 'light' }, replace: true });
  const leave = () => void (full ? document.exitFullscreen().catch(() => undefined) : Promise.resolve()).then(() => navigate({ to: '/' }));
  const group = t('floor.title');
  useDeeds([
    { id: 'floor full', label: t(full ? 'floor.window' : 'floor.full'), group, key: 'f', run: toggle },
    { id: 'floor scheme', label: t(light ? 'floor.dark' : 'floor.light'), group, key: 'd', run: turn },
    { id: 'floor leave', label: t('floor.leave'), group, key: 'q', run: leave },
  ]);
  const button = (label: string, icon: ReactNode, run: () => void) => <ActionIcon size="lg" color="gray" c="inherit" aria-label={label} title={label} onClick={run}>{icon}</ActionIcon>;
  return (
    <div className={classes.floor}>
      <header className={classes.head}>
        {button(t('floor.leave'), <IconArrowLeft size={20} aria-hidden />, leave)}
        <h1 className={classes.heading}>{t('floor.title')}</h1>
        <span className={classes.tools}>
          {awake && <IconDeviceDesktop size={18} aria-label={t('floor.awake')} />}
          <LineBadge />
          {button(t(light ? 'floor.dark' : 'floor.light'), light ? <IconMoon size={20} aria-hidden /> : <IconSun size={20} aria-hidden />, turn)}
          {can && button(t(full ? 'floor.window' : 'floor.full'), full ? <IconMinimize size={20} aria-hidden /> : <IconMaximize size={20} aria-hidden />, toggle)}
        </span>
        <Clock />
      </header>
      <LineNote />
      <Content />
      <FrameDeeds />
    </div>
  );
}
