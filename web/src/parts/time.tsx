// Moments and spans as people see them: 24 h, the site's zone, UTC on hover.
import { useCallback } from 'react';
import { usePreferences } from '@/preferences.ts';
import { serverNow, useTicking } from './clock.ts';
import { age, moment, type TimeStyle, timer, utc } from './time-text.ts';

const given = typeof document === 'undefined' ? '' : (document.querySelector<HTMLMetaElement>('meta[name="site-zone"]')?.content ?? '');
/** The zone of the site as the server wrote it into the page; where it did not, the browser's. */
export const siteZone = given || Intl.DateTimeFormat().resolvedOptions().timeZone;

export function useTimeStyle(): TimeStyle {
  const { language } = usePreferences();
  return { language: language === 'en' ? 'en-GB' : 'ru-RU', zone: siteZone };
}

export function Time({ at }: { at: string | null | undefined }) {
  const style = useTimeStyle();
  if (!at) return <span>—</span>;
  const when = Date.parse(at);
  return (
    <time dateTime={at} title={utc(when)}>
      {moment(when, serverNow(), style)}
    </time>
  );
}

/** Runs: 0:07, 0:08... since a moment. */
export function Timer({ since }: { since: string }) {
  const start = Date.parse(since);
  const text = useTicking(useCallback((now: number) => timer(now - start), [start]));
  return (
    <time dateTime={since} title={utc(start)}>
      {text}
    </time>
  );
}

/** How old: 14 s, 3 min. */
export function Age({ since }: { since: string | number }) {
  const { language } = useTimeStyle();
  const start = typeof since === 'number' ? since : Date.parse(since);
  const text = useTicking(useCallback((now: number) => age(now - start, language), [start, language]));
  return <time title={utc(start)}>{text}</time>;
}
