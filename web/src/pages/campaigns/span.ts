// Seconds in words: 25 s, 15 min, 72 h.
import { usePreferences } from '@/preferences.ts';

/** The largest unit that says it exactly. Pure. */
export function spanParts(seconds: number): [number, 'second' | 'minute' | 'hour'] {
  if (seconds > 0 && seconds % 3600 === 0) return [seconds / 3600, 'hour'];
  if (seconds > 0 && seconds % 60 === 0) return [seconds / 60, 'minute'];
  return [seconds, 'second'];
}

export function useSpan(): (seconds: number) => string {
  const { language } = usePreferences();
  return (seconds) => {
    const [value, unit] = spanParts(seconds);
    return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'short' }).format(value);
  };
}
