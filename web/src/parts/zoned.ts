// A wall clock's reading in a zone to a moment and back, as people read and write it. Pure.

function offsetAt(at: number, zone: string): number {
  const parts = new Intl.DateTimeFormat('en', { timeZone: zone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' }).formatToParts(at);
  const of = (type: string) => Number(parts.find((part) => part.type === type)?.value);
  return Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second')) - Math.floor(at / 1000) * 1000;
}

/** "2026-11-23T14:05" in the zone to "2026-11-23T11:05:00.000Z"; a reading that a clock change skips is the moment after the change. Null: no reading. */
export function fromWall(text: string, zone: string): string | null {
  const found = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)/.exec(text);
  if (!found) return null;
  const [year, month, day, hour, minute] = found.slice(1).map(Number) as [number, number, number, number, number];
  if (year < 1970) return null; // Date.UTC takes 0 to 99 for 1900 and on
  const wall = Date.UTC(year, month - 1, day, hour, minute);
  if (Number.isNaN(wall)) return null;
  const first = wall - offsetAt(wall, zone);
  const second = wall - offsetAt(first, zone);
  return new Date(offsetAt(second, zone) === wall - second ? second : Math.max(first, second)).toISOString();
}

/** The reading of the zone's clock at a moment: "2026-11-23T14:05". */
export function toWall(at: string | null | undefined, zone: string): string {
  if (!at) return '';
  const when = Date.parse(at);
  return Number.isNaN(when) ? '' : new Date(when + offsetAt(when, zone)).toISOString().slice(0, 16);
}
