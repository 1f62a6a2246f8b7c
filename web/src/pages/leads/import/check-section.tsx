// The whole file counted in the browser, and what the campaign's rules will say to it.
import { Progress, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useDebouncedValue } from '@mantine/hooks';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '@/api/me.ts';
import { profilesQuery } from '@/pages/campaigns/choices.ts';
import type { CampaignView } from '@/pages/campaigns/rows.ts';
import { shareOf, useNumbers } from '@/parts/numbers.ts';
import { Section } from '@/parts/section.tsx';
import { useProblemWords } from '@/parts/states.tsx';
import { Tag } from '@/parts/tag.tsx';
import classes from '../leads.module.css';
import type { Counts } from './check.ts';
import { legalLines } from './legal.ts';
import type { Mapping } from './mapping.ts';
import { countFile, type FileHead } from './read-file.ts';
import { serverCheckQuery } from './server-check.ts';

interface Counted {
  counts: Counts;
  share: number; // how far; 1: done
  whole: boolean;
}

function useCounts(file: File, header: readonly string[], mapping: Mapping): Counted | null {
  const [counted, setCounted] = useState<Counted | null>(null);
  useEffect(() => {
    const stop = new AbortController();
    // While somebody types, nothing is counted.
    const timer = setTimeout(() => {
      countFile(file, header, mapping, stop.signal, (counts, share) => setCounted({ counts, share: Math.min(share, 0.999), whole: true })).then(
        ({ counts, whole }) => setCounted({ counts, share: 1, whole }),
        () => undefined, // another count has begun
      );
    }, 300);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [file, header, mapping]);
  return counted;
}

function ServerSays({ file, head, mapping }: { file: File; head: FileHead; mapping: Mapping }) {
  const { t } = useTranslation();
  const words = useProblemWords();
  const { count, percent } = useNumbers();
  const [settled] = useDebouncedValue(mapping, 500);
  const asked = useQuery(serverCheckQuery(file, head, settled));
  if (asked.isPending) return <Text size="sm" c="var(--quiet)">{t('leads.import.server.asking')}</Text>;
  if (asked.isError) return <Text size="sm" c="var(--quiet)">{t('leads.import.server.silent')} {words(asked.error)}</Text>;
  if (!asked.data) return null;
  const { seen, good, invalid, duplicates, unknown_zone, unknown_zone_share, problem } = asked.data;
  if (problem) return <Text size="sm" c="var(--mantine-color-error)" role="alert">{problem}</Text>;
  const numbers = { seen: count(seen), good: count(good), invalid: count(invalid), duplicates: count(duplicates), unknown: count(unknown_zone), share: percent(unknown_zone_share) };
  return (
    <ul className={classes.lines} aria-label={t('leads.import.server.title')}>
      <li><Tag tone={invalid > 0 ? 'warn' : 'good'}>{t('leads.import.server.title')}</Tag><span>{t('leads.import.server.rows', numbers)}</span></li>
      <li><Tag tone={unknown_zone > 0 ? 'warn' : 'good'}>{t('leads.import.server.zones')}</Tag><span>{t('leads.import.server.unknown', numbers)}</span></li>
    </ul>
  );
}

interface CheckProps {
  file: File;
  head: FileHead;
  mapping: Mapping;
  campaign: CampaignView | undefined;
}

export function CheckSection({ file, head, mapping, campaign }: CheckProps) {
  const { t } = useTranslation();
  const { count, percent } = useNumbers();
  const may = useMay();
  const counted = useCounts(file, head.header, mapping);
  const profiles = useQuery({ ...profilesQuery, enabled: may('ottb.profile.read') });
  const rules = profiles.data?.find((one) => one.id === campaign?.profile)?.document;
  if (!counted) return null;
  const { counts, share, whole } = counted;
  const item = (key: 'rows' | 'bad' | 'twice' | 'national' | 'noZone' | 'noConsent', tone: 'bad' | 'warn' | 'plain') => (
    <div key={key} data-tone={counts[key] > 0 ? tone : 'plain'}>
      <dt>{t(`leads.import.counts.${key}`)}</dt>
      <dd>{count(counts[key])}{key !== 'rows' && counts[key] > 0 && <Text span size="sm" c="var(--quiet)" ml={6}>{percent(shareOf(counts[key], counts.rows))}</Text>}</dd>
    </div>
  );
  return (
    <Section title={t('leads.import.check')} note={t(whole ? 'leads.import.checkNote' : 'leads.import.checkPart', { count: counts.rows })}>
      {share < 1 && <Progress value={share * 100} size="sm" aria-label={t('leads.import.counting')} />}
      <dl className={classes.checks}>
        {item('rows', 'plain')}
        {item('bad', 'bad')}
        {item('twice', 'warn')}
        {item('national', 'warn')}
        {item('noZone', 'plain')}
        {item('noConsent', 'warn')}
      </dl>
      <ServerSays file={file} head={head} mapping={mapping} />
      {campaign && rules ? (
        <ul className={classes.lines} aria-label={t('leads.import.law')}>
          {legalLines(campaign.purpose, rules, mapping, counts).map((line) => <li key={line.code}><Tag tone={line.tone}>{t(`leads.import.tones.${line.tone}`)}</Tag><span>{t(`leads.import.legal.${line.code}`, { count: line.count ?? 0 })}</span></li>)}
        </ul>
      ) : (
        <Text size="sm" c="var(--quiet)">{t('leads.import.lawNeeds')}</Text>
      )}
    </Section>
  );
}
