// One entry beside the list: all it says, what was before and after, and the way to its neighbours in the story.
import { ActionIcon, Button, Code, CopyButton, Group, Stack, Text, Title } from '@mantine/core';
import { IconCheck, IconCopy, IconFilter, IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Fact, Facts } from '@/parts/facts.tsx';
import { Failed, Loading } from '@/parts/states.tsx';
import { dayAndTime, utc } from '@/parts/time-text.ts';
import { useTimeStyle } from '@/parts/time.tsx';
import classes from './audit.module.css';
import { Actor, AllowedTag, ObjectWords } from './cells.tsx';
import { type Difference, differencesOf, shownValue } from './entry.ts';
import { type Entry, entryQuery } from './questions.ts';
import type { AuditSearch } from './search.ts';

function DifferenceRow({ one }: { one: Difference }) {
  const { t } = useTranslation();
  const lists = one.given.length + one.taken.length > 0;
  return (
    <div className={classes.difference}>
      <Text size="sm" fw={600}>{one.name}</Text>
      {lists ? (
        <Group gap={4}>
          {one.taken.map((word) => <del key={word} className={classes.taken}>{word}</del>)}
          {one.given.map((word) => <ins key={word} className={classes.given}>{word}</ins>)}
        </Group>
      ) : (
        <Group gap={6}><del className={classes.taken} aria-label={`${t('audit.before')}: ${shownValue(one.before)}`}>{shownValue(one.before)}</del>→<ins className={classes.given}>{shownValue(one.after)}</ins></Group>
      )}
    </div>
  );
}

function Body({ entry, logins, onFilter }: { entry: Entry; logins: ReadonlyMap<string, string>; onFilter: (change: Partial<AuditSearch>) => void }) {
  const { t } = useTranslation();
  const style = useTimeStyle();
  const at = Date.parse(entry.at);
  const { differences, rest } = differencesOf(entry.detail as Record<string, unknown>);
  const only = (label: string, change: Partial<AuditSearch>) => <Button variant="default" size="compact-xs" leftSection={<IconFilter size={12} aria-hidden />} onClick={() => onFilter(change)}>{label}</Button>;
  return (
    <Stack gap="sm">
      <Group gap={8}><Code fz="sm">{entry.action}</Code><AllowedTag allowed={entry.allowed} /></Group>
      <Facts>
        <Fact name={t('audit.at')}><time dateTime={entry.at}>{dayAndTime(at, style)}</time><Text size="xs" c="var(--quiet)">{utc(at)}</Text></Fact>
        <Fact name={t('audit.actor')}><Actor id={entry.actor} logins={logins} /></Fact>
        <Fact name={t('audit.object')}><ObjectWords object={entry.object} logins={logins} link /></Fact>
      </Facts>
      <Group gap={6}>
        {only(t('audit.sameActor'), { actor: entry.actor })}
        {only(t('audit.sameObject'), { object: entry.object })}
        {only(t('audit.sameTrail'), { trail: entry.trail })}
      </Group>
      {differences.length > 0 && <section aria-label={t('audit.changed')}><Title order={3} mb={4}>{t('audit.changed')}</Title>{differences.map((one) => <DifferenceRow key={one.name} one={one} />)}</section>}
      {rest.length > 0 && (
        <section aria-label={t('audit.detail')}>
          <Title order={3} mb={4}>{t('audit.detail')}</Title>
          <dl className={classes.rest}>{rest.map(([name, value]) => <div key={name}><dt>{name}</dt><dd>{shownValue(value)}</dd></div>)}</dl>
        </section>
      )}
      <dl className={classes.rest}>
        <div><dt>{t('parts.trail.word')}</dt><dd>{entry.trail}</dd></div>
        <div><dt>{t('audit.hash')}</dt><dd>{entry.hash}</dd></div>
      </dl>
      <CopyButton value={JSON.stringify(entry, null, 2)}>
        {({ copied, copy }) => <Button variant="default" leftSection={copied ? <IconCheck size={14} aria-hidden /> : <IconCopy size={14} aria-hidden />} onClick={copy}>{t(copied ? 'parts.copied' : 'audit.copy')}</Button>}
      </CopyButton>
    </Stack>
  );
}

interface EntryPanelProps {
  seq: number;
  listed: Entry | undefined;
  logins: ReadonlyMap<string, string>;
  onFilter: (change: Partial<AuditSearch>) => void;
  onClose: () => void;
}

export function EntryPanel({ seq, listed, logins, onFilter, onClose }: EntryPanelProps) {
  const { t } = useTranslation();
  const asked = useQuery({ ...entryQuery(seq), enabled: listed === undefined });
  const entry = listed ?? asked.data;
  return (
    <aside className={classes.panel} aria-label={t('audit.entry', { seq })}>
      <Group justify="space-between" mb="xs">
        <Title order={2}>{t('audit.entry', { seq })}</Title>
        <ActionIcon aria-label={t('parts.close')} onClick={onClose}><IconX size={16} /></ActionIcon>
      </Group>
      {entry ? <Body entry={entry} logins={logins} onFilter={onFilter} /> : asked.isPending ? <Loading rows={5} /> : asked.isError ? <Failed why={asked.error} onRetry={() => void asked.refetch()} /> : <Text size="sm">{t('audit.noEntry')}</Text>}
    </aside>
  );
}
