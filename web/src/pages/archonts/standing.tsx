// Words and tones of a hub: how it stands, how much waits on it, how far its clock is off.
import { useTranslation } from 'react-i18next';
import { useNumbers } from '@/parts/numbers.ts';
import { Tag } from '@/parts/tag.tsx';
import { type HubRow, journalTone, skewTone, standingOf, standingTone } from './hub-row.ts';

export function StandingTag({ row }: { row: HubRow }) {
  const { t } = useTranslation();
  const standing = standingOf(row);
  return <Tag tone={standingTone[standing]}>{t(`archonts.standing.${standing}`)}</Tag>;
}

export function Journal({ depth }: { depth: number }) {
  const { count } = useNumbers();
  const tone = journalTone(depth);
  return tone === 'plain' ? <>{count(depth)}</> : <Tag tone={tone}>{count(depth)}</Tag>;
}

export function Skew({ ms }: { ms: number | null }) {
  const { t } = useTranslation();
  const { signed } = useSigned();
  if (ms === null) return <>—</>;
  const text = Math.abs(ms) < 1000 ? t('archonts.ms', { n: signed(ms, 0) }) : t('archonts.s', { n: signed(ms / 1000, 1) });
  const tone = skewTone(ms);
  return tone === 'plain' ? <>{text}</> : <Tag tone={tone}>{text}</Tag>;
}

function useSigned() {
  const { i18n } = useTranslation();
  return { signed: (n: number, digits: number) => new Intl.NumberFormat(i18n.language, { maximumFractionDigits: digits, signDisplay: 'exceptZero' }).format(n) };
}

export function Drift({ row }: { row: HubRow }) {
  const { t } = useTranslation();
  if (!row.approved) return <>—</>;
  if (row.inSync) return <>{t('archonts.inSync')}</>;
  return <Tag tone="warn">{row.drift.length > 0 ? t('archonts.drift', { count: row.drift.length }) : t('archonts.notYet')}</Tag>;
}
