// How much of a limit is used: an arc that fills, the number in it. Drawn with SVG, coloured by the theme.
import { shareOf } from './numbers.ts';
import classes from './gauge.module.css';

/** From four fifths on a limit is near, from 95 % on it is there. */
export const gaugeTone = (used: number, limit: number): 'main' | 'warn' | 'bad' => (limit <= 0 || used >= limit * 0.95 ? 'bad' : used >= limit * 0.8 ? 'warn' : 'main');

const arc = 'M 8 50 A 42 42 0 0 1 92 50';

interface GaugeProps {
  used: number | null; // null: not known
  limit: number;
  label: string;
  off?: boolean;
}

export function Gauge({ used, limit, label, off = false }: GaugeProps) {
  const tone = off || used === null ? 'off' : gaugeTone(used, limit);
  return (
    <svg className={classes.gauge} viewBox="0 0 100 56" role="img" aria-label={label}>
      <path d={arc} className={classes.track} pathLength={100} />
      {used !== null && used > 0 && <path d={arc} className={classes[tone]} pathLength={100} strokeDasharray={`${shareOf(used, limit) * 100} 200`} />}
      <text x="50" y="49" textAnchor="middle" className={classes.used}>{used ?? '—'}</text>
    </svg>
  );
}
