// Walks the whole log on the server and says in words whether it is what was written.
import { ActionIcon, Button, Code, Group, Progress, Stack, Text, Title } from '@mantine/core';
import { IconShieldCheck, IconShieldX, IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNumbers } from '@/parts/numbers.ts';
import { Trail, useProblemWords } from '@/parts/states.tsx';
import { Time, Timer } from '@/parts/time.tsx';
import { Problem } from '@/api/problem.ts';
import classes from './audit.module.css';
import { type Finding, firstBad } from './entry.ts';
import { type Verification, verificationQuery } from './questions.ts';

interface VerifyProps {
  newest: number | null; // about how many entries there are
  onShow: (seq: number) => void;
  onClose: () => void;
}

const shown = 20;
const kinds = ['missing', 'moved', 'edited', 'rewritten', 'cut', 'head', 'checkpoint'] as const;

function Findings({ findings, onShow }: { findings: readonly Finding[]; onShow: (seq: number) => void }) {
  const { t } = useTranslation();
  const words = (one: Finding) => (kinds.find((kind) => kind === one.kind) ? t(`audit.found.${one.kind as (typeof kinds)[number]}`, { seq: one.seq }) : one.message);
  return (
    <ol className={classes.findings}>
      {findings.slice(0, shown).map((one) => (
        <li key={`${one.kind} ${one.seq} ${one.message}`} title={one.message}>
          {words(one)} {one.kind !== 'checkpoint' && one.seq > 0 && <Button variant="subtle" size="compact-xs" onClick={() => onShow(one.seq)}>{t('audit.show')}</Button>}
        </li>
      ))}
      {findings.length > shown && <li>{t('audit.moreFound', { count: findings.length - shown })}</li>}
    </ol>
  );
}

function Result({ result, at, onShow }: { result: Verification; at: number; onShow: (seq: number) => void }) {
  const { t } = useTranslation();
  const { count } = useNumbers();
  const bad = firstBad(result.findings);
  const Icon = result.ok ? IconShieldCheck : IconShieldX;
  return (
    <div className={classes.result} data-state={result.ok ? 'ready' : 'fault'} role={result.ok ? 'status' : 'alert'}>
      <Icon size={26} stroke={1.7} aria-hidden />
      <Stack gap={4}>
        <Text fw={650}>{result.ok ? t('audit.whole') : bad === null ? t('audit.notSure') : t('audit.broken', { seq: bad })}</Text>
        <Text size="sm">{t('audit.walked', { rows: count(result.rows), last: count(result.last_seq), points: count(result.checkpoints) })} <Time at={new Date(at).toISOString()} /></Text>
        {result.ok ? <Text size="sm" className={classes.hash}>{t('audit.headHash')} <Code>{result.last_hash}</Code></Text> : <Text size="sm">{t('audit.brokenNext')}</Text>}
        {!result.ok && <Findings findings={result.findings} onShow={onShow} />}
      </Stack>
    </div>
  );
}

export function Verify({ newest, onShow, onClose }: VerifyProps) {
  const { t } = useTranslation();
  const words = useProblemWords();
  const { count } = useNumbers();
  const asked = useQuery(verificationQuery);
  const [since, setSince] = useState(() => new Date().toISOString());
  const { refetch } = asked;
  const run = useCallback(() => {
    setSince(new Date().toISOString());
    void refetch({ cancelRefetch: false });
  }, [refetch]);
  useEffect(run, [run]); // the button that opened this is the order
  return (
    <section className={classes.verify} aria-label={t('audit.verifying')}>
      <Group justify="space-between" wrap="nowrap">
        <Title order={2}>{t('audit.verifying')}</Title>
        <Group gap={4}>
          {!asked.isFetching && <Button variant="default" onClick={run}>{t('parts.again')}</Button>}
          <ActionIcon aria-label={t('parts.close')} onClick={onClose}><IconX size={16} /></ActionIcon>
        </Group>
      </Group>
      {asked.isFetching ? (
        <Stack gap={4} role="status">
          <Text size="sm">{newest === null ? t('audit.walking') : t('audit.walkingTo', { rows: count(newest) })} <Timer since={since} /></Text>
          <Progress value={100} animated size="sm" aria-label={t('audit.verifying')} />
        </Stack>
      ) : asked.isError ? (
        <Group gap={6} role="alert"><Text size="sm" c="var(--state-fault-fg)">{words(asked.error)}</Text>{asked.error instanceof Problem && <Trail of={asked.error} />}</Group>
      ) : (
        asked.data && <Result result={asked.data} at={asked.dataUpdatedAt} onShow={onShow} />
      )}
    </section>
  );
}
