// Numbers in words of the language: 12 480, 34 %, 3.2.
import { usePreferences } from '@/preferences.ts';

const formats = new Map<string, Intl.NumberFormat>();
function format(language: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${language} ${JSON.stringify(options)}`;
  let found = formats.get(key);
  if (!found) formats.set(key, (found = new Intl.NumberFormat(language, options)));
  return found;
}

const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'];

/** A part of a whole between 0 and 1; nothing of nothing is 0. */
export const shareOf = (part: number, whole: number): number => (whole > 0 ? Math.min(1, Math.max(0, part / whole)) : 0);

export function useNumbers() {
  const { language } = usePreferences();
  return {
    count: (n: number | null | undefined) => (n === null || n === undefined ? '—' : format(language, { maximumFractionDigits: 0 }).format(n)),
    decimal: (n: number | null | undefined) => (n === null || n === undefined ? '—' : format(language, { maximumFractionDigits: 1 }).format(n)),
    percent: (share: number) => format(language, { style: 'percent', maximumFractionDigits: share > 0 && share < 0.1 ? 1 : 0 }).format(share),
    /** Bytes in the unit that fits: 12 MB. */
    size: (bytes: number) => {
      const step = Math.min(units.length - 1, bytes >= 1000 ? Math.floor(Math.log10(bytes) / 3) : 0);
      return format(language, { style: 'unit', unit: units[step]!, unitDisplay: 'short', maximumFractionDigits: 1 }).format(bytes / 1000 ** step);
    },
  };
}
