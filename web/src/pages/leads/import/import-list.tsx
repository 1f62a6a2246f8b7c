// The imports of a campaign, the newest first.
import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { GoLink } from '@/parts/go-link.tsx';
import { useNumbers } from '@/parts/numbers.ts';
import { Section } from '@/parts/section.tsx';
import { Tag, type Tone } from '@/parts/tag.tsx';
import { Time } from '@/parts/time.tsx';
import classes from '../leads.module.css';
import { importsQuery } from './imports.ts';

const tones: Record<string, Tone> = { running: 'warn', done: 'good', failed: 'bad', undone: 'plain' };
const most = 12;

export function ImportTag({ state }: { state: string }) {
  const { t } = useTranslation();
  return <Tag tone={tones[state] ?? 'plain'}>{t(`leads.import.states.${state as 'done'}`, { defaultValue: state })}</Tag>;
}

export function ImportList({ campaign, shown }: { campaign: string; shown: string | undefined }) {
  const { t } = useTranslation();
  const { count } = useNumbers();
  const imports = useQuery(importsQuery(campaign));
  const others = (imports.data ?? []).filter((one) => one.id !== shown).slice(0, most);
  if (others.length === 0) return null;
  return (
    <Section title={t('leads.import.before')}>
      <ol className={classes.attempts}>
        {others.map((one) => (
          <li key={one.id}>
            <Time at={one.created_at} />
            <ImportTag state={one.state} />
            <GoLink to="/leads/import" search={{ campaign, import: one.id }} size="sm">{one.filename || `…${one.id.slice(-6)}`}</GoLink>
            <Text span size="sm">{t('leads.import.acceptedOf', { accepted: count(one.accepted), rows: count(one.rows) })}</Text>
          </li>
        ))}
      </ol>
    </Section>
  );
}
