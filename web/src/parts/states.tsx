// The five states every page has besides its content: loading, empty, stale, offline, forbidden; and failure with its trail.
import { Button, Center, Code, CopyButton, Skeleton, Stack, Text, Title } from '@mantine/core';
import { IconCloudOff, IconHistory, IconLock, IconMoodEmpty, IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Problem } from '@/api/problem.ts';
import { Notice } from './notice.tsx';
import { Age } from './time.tsx';

export function Loading({ rows = 8 }: { rows?: number }) {
  const { t } = useTranslation();
  return (
    <Stack gap="xs" role="status" aria-label={t('parts.loading')}>
      {Array.from({ length: rows }, (_, row) => (
        <Skeleton key={row} height={26} width={`${100 - ((row * 7) % 23)}%`} />
      ))}
    </Stack>
  );
}

interface PlateProps {
  icon: ReactNode;
  title: string;
  children?: ReactNode;
  action?: ReactNode;
  whole?: boolean; // is the page's only content, and so its heading
}

export function Plate({ icon, title, children, action, whole = false }: PlateProps) {
  return (
    <Center mih={260} p="lg">
      <Stack align="center" gap="xs" maw={520} ta="center">
        {icon}
        <Title order={whole ? 1 : 2}>{title}</Title>
        <Text c="var(--quiet)" size="sm" component="div">
          {children}
        </Text>
        {action}
      </Stack>
    </Center>
  );
}

/** Nothing there, and what to do next. */
export function Empty({ title, children, action }: { title: string; children?: ReactNode; action?: ReactNode }) {
  return (
    <Plate icon={<IconMoodEmpty size={34} stroke={1.5} aria-hidden />} title={title} action={action}>
      {children}
    </Plate>
  );
}

export function Forbidden({ permission }: { permission: string }) {
  const { t, i18n } = useTranslation();
  const key = `permissions.${permission}` as 'permissions.ottb.slot.read';
  const known = i18n.exists(key);
  return (
    <Plate whole icon={<IconLock size={34} stroke={1.5} aria-hidden />} title={t('parts.forbidden.title')}>
      <p>{t('parts.forbidden.missing')}</p>
      <p>
        <Code fz="sm">{permission}</Code>
      </p>
      {known && <p>{t('parts.forbidden.lets', { what: t(key) })}</p>}
      <p>{t('parts.forbidden.next')}</p>
    </Plate>
  );
}

/** Data is shown, but it is old: since when, and that it mends itself. */
export function StaleNote({ heard }: { heard: number }) {
  const { t } = useTranslation();
  return (
    <Notice icon={<IconHistory size={16} aria-hidden />}>
      {t('parts.stale.text')} <span aria-live="off"><Age since={heard} /></span>. {t('parts.stale.next')}
    </Notice>
  );
}

export function SilentNote({ since }: { since: number }) {
  const { t } = useTranslation();
  return (
    <Notice icon={<IconHistory size={16} aria-hidden />}>
      {t('parts.silent.text')} <span aria-live="off"><Age since={since} /></span>. {t('parts.silent.next')}
    </Notice>
  );
}

export function Offline({ onRetry }: { onRetry?: () => void }) {
  const { t } = useTranslation();
  const action = onRetry && <Button onClick={onRetry}>{t('parts.again')}</Button>;
  return (
    <Plate icon={<IconCloudOff size={34} stroke={1.5} aria-hidden />} title={t('parts.offline.title')} action={action}>
      {t('parts.offline.next')}
    </Plate>
  );
}

export function Trail({ of }: { of: Problem }) {
  const { t } = useTranslation();
  if (!of.trail) return null;
  return (
    <CopyButton value={of.trail}>
      {({ copied, copy }) => (
        <Button variant="subtle" size="compact-xs" onClick={copy} title={t('parts.trail.hint')}>
          {copied ? t('parts.copied') : `${t('parts.trail.word')} ${of.trail}`}
        </Button>
      )}
    </CopyButton>
  );
}

/** Whatever went wrong, in the state that fits it. */
export function Failed({ why, onRetry }: { why: unknown; onRetry?: () => void }) {
  const { t } = useTranslation();
  const words = useProblemWords();
  if (why instanceof Problem && why.status === 0) return <Offline onRetry={onRetry} />;
  const action = onRetry && <Button onClick={onRetry}>{t('parts.again')}</Button>;
  return (
    <Plate icon={<IconX size={34} stroke={1.5} aria-hidden />} title={t('parts.failed')} action={action}>
      <p>{words(why)}</p>
      {why instanceof Problem && <Trail of={why} />}
    </Plate>
  );
}

/** A short line that says what went wrong: ours where we know it, else the server's own detail. */
export function useProblemWords(): (why: unknown) => string {
  const { t } = useTranslation();
  return (why) => {
    if (!(why instanceof Problem)) return why instanceof Error ? why.message : String(why);
    if (why.status === 0) return t('problems.unreachable');
    const where = why.problems.map((one) => `${one.pointer}: ${one.message}`).join('; ');
    const kind = why.status === 403 ? t('problems.forbidden') : why.status === 404 ? t('problems.absent') : why.status === 409 ? t('problems.conflict') : why.status === 429 ? t('problems.slower') : '';
    return [kind, why.detail || why.title, where].filter(Boolean).join(' · ') || t('problems.status', { status: why.status });
  };
}
