// Analytics: calls by outcome, answer rate and length, by time or by what they went through.
import { Button, Text } from '@mantine/core';
import { IconDeviceTv, IconFileTypeCsv, IconPhoto } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useTicking } from '@/parts/clock.ts';
import { download } from '@/parts/download.ts';
import frame from '@/parts/page.module.css';
import { PageHead } from '@/parts/section.tsx';
import { say } from '@/parts/say.ts';
import { useDeeds } from '@/parts/shortcuts.ts';
import { Empty, Failed, Loading, StaleNote, useProblemWords } from '@/parts/states.tsx';
import { dayAndTime } from '@/parts/time-text.ts';
import { siteZone, useTimeStyle } from '@/parts/time.tsx';
import { toWall } from '@/parts/zoned.ts';
import classes from './analytics.module.css';
import { Charts } from './charts.tsx';
import { Controls } from './controls.tsx';
import { pictureOf } from './picture.ts';
import { analyticsQuery, csvOf } from './questions.ts';
import { analyticsSearch, type AnalyticsSearch } from './search.ts';
import { spanOf } from './span.ts';
import { AnalyticsTable } from './table.tsx';
import { Totals } from './totals.tsx';

export function AnalyticsPage() {
  const { t } = useTranslation();
  const words = useProblemWords();
  const style = useTimeStyle();
  const navigate = useNavigate();
  const search = useSearch({ from: '/inside/frame/analytics' });
  const end = useTicking(useCallback((now: number) => String(Math.ceil(now / 900_000)), []));
  const span = useMemo(() => spanOf(search, Number(end) * 900_000, siteZone), [search, end]);
  const found = useQuery(analyticsQuery(search, span, siteZone));
  const root = useRef<HTMLDivElement>(null);
  const [busy, setBusy] = useState(false);
  const kiosk = search.kiosk === 'yes';
  const go = useCallback((change: Partial<AnalyticsSearch>) => void navigate({ to: '/analytics', search: (old) => analyticsSearch({ ...old, ...change }), replace: true }), [navigate]);

  const note = `${dayAndTime(Date.parse(span.from), style)} — ${dayAndTime(Date.parse(span.to), style)}, ${siteZone}`;
  const day = (at: string) => toWall(at, siteZone).slice(0, 10);
  const file = `vss-calls-by-${search.by ?? 'hour'}-${day(span.from)}-${day(span.to)}`;
  const csv = async () => {
    setBusy(true);
    try {
      download(await csvOf(search, span, siteZone), `${file}.csv`);
    } catch (why) {
      say({ message: words(why), color: 'red' });
    } finally {
      setBusy(false);
    }
  };
  const png = async () => {
    try {
      const picture = root.current && (await pictureOf(root.current, t('analytics.title'), note));
      if (picture) download(picture, `${file}.png`);
    } catch (why) {
      say({ message: words(why), color: 'red' });
    }
  };
  const setKiosk = (on: boolean) => {
    go({ kiosk: on ? 'yes' : undefined });
    // The browser may refuse; the page fills the window all the same.
    if (on) void document.documentElement.requestFullscreen?.().catch(() => undefined);
    else if (document.fullscreenElement) void document.exitFullscreen();
  };
  const group = t('analytics.title');
  const data = found.data;
  const timed = search.by === undefined || search.by === 'day';
  const drawn = timed && !found.isPlaceholderData && data !== undefined && data.total.attempts > 0; // there are charts, and of this span
  useDeeds([
    { id: 'analytics kiosk', label: t(kiosk ? 'analytics.noKiosk' : 'analytics.kiosk'), group, key: 'k', run: () => setKiosk(!kiosk) },
    ...(kiosk ? [{ id: 'analytics leave', label: t('analytics.noKiosk'), group, key: 'escape', hidden: true, run: () => setKiosk(false) }] : []),
    { id: 'analytics csv', label: 'CSV', group, key: 'c', run: () => void csv() },
    ...(drawn ? [{ id: 'analytics png', label: 'PNG', group, key: 'i', run: () => void png() }] : []),
  ]);

  return (
    <div className={kiosk ? `${frame.page} ${classes.kiosk}` : frame.page} ref={root}>
      <div className={frame.head}>
        <PageHead title={t('analytics.title')} note={<Text span size="sm">{note}</Text>}>
          {!kiosk && <Button variant="default" leftSection={<IconFileTypeCsv size={15} aria-hidden />} loading={busy} onClick={() => void csv()}>CSV</Button>}
          {!kiosk && timed && <Button variant="default" leftSection={<IconPhoto size={15} aria-hidden />} disabled={!drawn} onClick={() => void png()}>PNG</Button>}
          <Button variant="default" leftSection={<IconDeviceTv size={15} aria-hidden />} onClick={() => setKiosk(!kiosk)}>{t(kiosk ? 'analytics.noKiosk' : 'analytics.kiosk')}</Button>
        </PageHead>
      </div>
      {!kiosk && <Controls search={search} span={span} onChange={go} />}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keys */}
      <div className={frame.scroll} role="region" aria-label={t('analytics.title')} tabIndex={0}>
        {data === undefined ? (
          <div className={classes.pad}>{found.isError ? <Failed why={found.error} onRetry={() => void found.refetch()} /> : <Loading rows={14} />}</div>
        ) : (
          <div className={classes.body}>
            {found.isError && <StaleNote heard={found.dataUpdatedAt} />}
            <Totals total={data.total} waiting={data.waiting} large={kiosk} />
            {data.total.attempts === 0 ? (
              <Empty title={t('analytics.none')}>{t('analytics.noneNext')}</Empty>
            ) : (
              <div className={classes.both}>
                <Charts data={data} span={span} large={kiosk} />
                {!kiosk && <AnalyticsTable data={data} />}
              </div>
            )}
          </div>
        )}
      </div>
    </div>
  );
}
