// A part of a whole as a bar. Drawn with SVG, so that no style is needed for its length.
import classes from './bar.module.css';

export interface BarPart {
  share: number; // 0 to 1
  tone: 'good' | 'warn' | 'bad' | 'plain' | 'main';
}

export function Bar({ parts, label, tall = false }: { parts: readonly BarPart[]; label: string; tall?: boolean }) {
  const before = (i: number) => parts.slice(0, i).reduce((sum, part) => sum + part.share, 0);
  return (
    <svg className={classes.bar} data-tall={tall || undefined} role="img" aria-label={label}>
      {parts.map((part, i) => (
        // oxlint-disable-next-line react/no-array-index-key -- the parts stand in a fixed order
        part.share > 0 ? <rect key={i} x={`${before(i) * 100}%`} width={`${part.share * 100}%`} height="100%" className={classes[part.tone]} /> : null
      ))}
    </svg>
  );
}
