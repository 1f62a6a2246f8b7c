// Times in words. Pure: zone and language are handed in.

export interface TimeStyle {
  language: string;
  zone: string;
}

const formats = new Map<string, Intl.DateTimeFormat>();
function format(language: string, zone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${language} ${zone} ${JSON.stringify(options)}`;
  let found = formats.get(key);
  if (!found) formats.set(key, (found = new Intl.DateTimeFormat(language, { timeZone: zone, hourCycle: 'h23', ...options })));
  return found;
}

const day = { year: 'numeric', month: '2-digit', day: '2-digit' } as const;
const clock = { hour: '2-digit', minute: '2-digit', second: '2-digit' } as const;

/** 14:03:22, and before it the day where it is not today's. */
export function moment(at: number, now: number, { language, zone }: TimeStyle): string {
  const days = format(language, zone, day);
  const time = format(language, zone, clock).format(at);
  return days.format(at) === days.format(now) ? time : `${days.format(at)} ${time}`;
}

export const dayAndTime = (at: number, { language, zone }: TimeStyle): string => format(language, zone, { ...day, ...clock }).format(at);

/** 2026-11-23 11:03:22 UTC */
export const utc = (at: number): string => `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} UTC`;

/** 0:07, 12:44, 1:02:03 */
export function timer(ms: number): string {
  const all = Math.max(0, Math.floor(ms / 1000));
  const two = (n: number) => String(n).padStart(2, '0');
  const [hours, minutes, seconds] = [Math.floor(all / 3600), Math.floor(all / 60) % 60, all % 60];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds)}` : `${minutes}:${two(seconds)}`;
}

/** 7 s, 3 min, 2 h, 5 d: the largest unit that fits, in the language. */
export function age(ms: number, language: string): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const [value, unit] =
    seconds < 60 ? [seconds, 'second'] : seconds < 3600 ? [Math.floor(seconds / 60), 'minute'] : seconds < 86_400 ? [Math.floor(seconds / 3600), 'hour'] : [Math.floor(seconds / 86_400), 'day'];
  return new Intl.NumberFormat(language, { style: 'unit', unit: unit as string, unitDisplay: 'short' }).format(value as number);
}
