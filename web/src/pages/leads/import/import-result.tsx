// One import: while it runs, its progress; then what came of it, the file of errors, and the way back.
import { Button, Group, Progress, Stack, Text, Tooltip } from '@mantine/core';
import { IconArrowBackUp, IconDownload } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask, patient } from '@/api/client.ts';
import { useMay } from '@/api/me.ts';
import { Problem } from '@/api/problem.ts';
import { Bar } from '@/parts/bar.tsx';
import { Confirm } from '@/parts/confirm.tsx';
import { GoLink } from '@/parts/go-link.tsx';
import { shareOf, useNumbers } from '@/parts/numbers.ts';
import { say } from '@/parts/say.ts';
import { Section } from '@/parts/section.tsx';
import { Empty, Failed, Loading } from '@/parts/states.tsx';
import { Age, Time } from '@/parts/time.tsx';
import classes from '../leads.module.css';
import { ImportTag } from './import-list.tsx';
import { importQuery, running } from './imports.ts';
import type { ImportView } from './upload.ts';

function Counts({ one }: { one: ImportView }) {
  const { t } = useTranslation();
  const { count, percent } = useNumbers();
  const item = (key: 'rows' | 'accepted' | 'duplicates' | 'rejected' | 'unknown_zone', tone: string, whole: number) => (
    <div data-tone={one[key] > 0 ? tone : 'plain'}>
      <dt>{t(`leads.import.result.${key}`)}</dt>
      <dd>{count(one[key])}{key !== 'rows' && whole > 0 && <Text span size="sm" c="var(--quiet)" ml={6}>{percent(shareOf(one[key], whole))}</Text>}</dd>
    </div>
  );
  return (
    <>
      <dl className={classes.checks}>
        {item('rows', 'plain', one.rows)}
        {item('accepted', 'plain', one.rows)}
        {item('duplicates', 'warn', one.rows)}
        {item('rejected', 'bad', one.rows)}
        {item('unknown_zone', 'warn', one.accepted)}
      </dl>
      <Bar label={t('leads.import.result.accepted')} parts={[{ share: shareOf(one.accepted, one.rows), tone: 'good' }, { share: shareOf(one.duplicates, one.rows), tone: 'warn' }, { share: shareOf(one.rejected, one.rows), tone: 'bad' }]} />
    </>
  );
}

interface ResultProps {
  id: string;
  campaigns: readonly { id: string; name: string }[];
  onNext: () => void;
}

export function ImportResult({ id, campaigns, onNext }: ResultProps) {
  const { t } = useTranslation();
  const { count, percent } = useNumbers();
  const may = useMay()('ottb.lead.import');
  const queries = useQueryClient();
  const found = useQuery(importQuery(id));
  const [undoing, setUndoing] = useState(false);
  if (found.isPending) return <Loading rows={5} />;
  if (found.isError && !found.data) return found.error instanceof Problem && found.error.status === 404 ? <Empty title={t('leads.import.absent')} action={<Button onClick={onNext}>{t('leads.import.another')}</Button>}>{t('leads.import.absentNext')}</Empty> : <Failed why={found.error} onRetry={() => void found.refetch()} />;
  const one = found.data;
  const campaign = campaigns.find((each) => each.id === one.campaign)?.name ?? `…${one.campaign.slice(-6)}`;
  const undo = async () => {
    await ask(api.DELETE('/ottb/imports/{import}', { params: { path: { import: id } }, fetch: patient }));
    say({ color: 'teal', message: t('leads.import.undone', { count: one.accepted }) });
    await queries.invalidateQueries({ queryKey: ['import', id] });
    void queries.invalidateQueries({ queryKey: ['imports'] });
    void queries.invalidateQueries({ queryKey: ['leads'] });
  };
  const isRunning = running(one);
  const undoButton = <Button variant="light" color="red" leftSection={<IconArrowBackUp size={15} aria-hidden />} disabled={!may} onClick={() => setUndoing(true)}>{t('leads.import.undo')}</Button>;
  return (
    <Section title={one.filename || t('leads.oneImport')} action={<ImportTag state={one.state} />} note={<>{campaign} · <Time at={one.created_at} /></>}>
      <Stack gap="sm" aria-live="polite">
        {isRunning ? (
          <div role="status">
            <Text size="sm" mb={4}>{one.rows > 0 ? t('leads.import.soFar', { count: one.rows }) : t('leads.import.storing')}{one.share !== undefined && one.share > 0 && ` · ${percent(one.share)}`} · <Age since={one.created_at} /></Text>
            <Progress value={one.share ? 100 * one.share : 100} animated size="lg" aria-label={t('leads.import.progress')} />
            <Text size="xs" c="var(--quiet)" mt={4}>{t('leads.import.mayLeave')}</Text>
          </div>
        ) : one.state === 'failed' ? (
          <Text size="sm" c="var(--mantine-color-error)">{t('leads.import.failed')}</Text>
        ) : one.state === 'undone' ? (
          <Text size="sm">{t('leads.import.wasUndone')}</Text>
        ) : null}
        {!isRunning && <Counts one={one} />}
        {!isRunning && (
          <Group gap={6}>
            {one.state === 'done' && one.accepted > 0 && <GoLink to="/leads" search={{ campaign: one.campaign, import: id }} size="sm" mr="sm">{t('leads.import.toLeads', { count: one.accepted, shown: count(one.accepted) })}</GoLink>}
            {(one.rejected > 0 || one.state === 'failed') && <Button component="a" href={`/ottb/imports/${id}/errors`} download={`errors-${one.filename || id}.csv`} variant="default" leftSection={<IconDownload size={15} aria-hidden />}>{t('leads.import.errors')}</Button>}
            {one.state === 'done' && (may ? undoButton : <Tooltip label={t('parts.needs', { permission: 'ottb.lead.import' })}><span>{undoButton}</span></Tooltip>)}
            <Button variant="default" onClick={onNext}>{t('leads.import.another')}</Button>
          </Group>
        )}
      </Stack>
      {undoing && (
        <Confirm title={`${t('leads.import.undo')}: ${one.filename}`} verb={t('leads.import.undo')} danger typed={String(one.accepted)} onDo={undo} onClose={() => setUndoing(false)}>
          {t('leads.import.undoText', { count: one.accepted })}
        </Confirm>
      )}
    </Section>
  );
}
