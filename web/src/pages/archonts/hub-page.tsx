// One hub: how it stands, what it runs, its devices, what happened to it, and what can be done.
import { Code, Group, SimpleGrid, Stack, Text } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useMay } from '@/api/me.ts';
import { Problem } from '@/api/problem.ts';
import { useLine } from '@/live/hooks.ts';
import { Fact, Facts } from '@/parts/facts.tsx';
import { GoLink } from '@/parts/go-link.tsx';
import { Notice } from '@/parts/notice.tsx';
import { useNumbers } from '@/parts/numbers.ts';
import { Section } from '@/parts/section.tsx';
import { Empty, Failed, Loading } from '@/parts/states.tsx';
import { Time } from '@/parts/time.tsx';
import { quote } from '@/pages/wall/slot-query.ts';
import classes from './archonts.module.css';
import { HubActions } from './hub-actions.tsx';
import { HubConfig } from './hub-config.tsx';
import { HubDevices } from './hub-devices.tsx';
import { HubEvents } from './hub-events.tsx';
import { type Archont, type HubRow, type HubView, standingOf, standingTone } from './hub-row.ts';
import { Journal, Skew, StandingTag } from './standing.tsx';
import { useHub } from './use-hubs.ts';

const roles = { good: 'ready', warn: 'calling', bad: 'fault', plain: 'idle' } as const;

function Now({ row, hub }: { row: HubRow; hub: HubView }) {
  const { t } = useTranslation();
  const { count } = useNumbers();
  return (
    <Section title={t('slot.now')} action={<GoLink to="/wall" search={{ q: `hub:${quote(row.label)}` }} size="sm">{t('archonts.onWall')}</GoLink>}>
      <Facts>
        <Fact name={t('archonts.slots')}>{count(row.slots.total)}</Fact>
        <Fact name={t('archonts.registered')}>{count(row.slots.registered)}</Fact>
        <Fact name={t('archonts.idle')}>{count(row.slots.idle)}</Fact>
        <Fact name={t('archonts.busy')}>{count(row.slots.busy)}</Fact>
        <Fact name={t('states.FAULT')}>{count(row.slots.fault)}</Fact>
        <Fact name={t('archonts.journal')}><Journal depth={row.journal} /></Fact>
        <Fact name={t('archonts.clock')}><Skew ms={row.skew} /></Fact>
        <Fact name={t('archonts.server')}>{row.server}</Fact>
        <Fact name={t('archonts.seenAt')}><Time at={row.seen} /></Fact>
        <Fact name={t('archonts.version')}>{row.software}</Fact>
        <Fact name={t('archonts.network')}>{t(`archonts.networks.${hub.network as 'lan'}`, { defaultValue: hub.network })}</Fact>
        <Fact name={t('archonts.run')}>{hub.run_id && <Code title={hub.run_id}>{hub.run_id.slice(0, 8)}</Code>}</Fact>
        <Fact name={t('archonts.generation')}>{count(hub.generation)}</Fact>
      </Facts>
    </Section>
  );
}

function Identity({ archont }: { archont: Archont }) {
  const { t } = useTranslation();
  return (
    <Section title={t('archonts.identity')}>
      <Facts>
        <Fact name={t('wall.state')}>{t(`archonts.identities.${archont.state as 'active'}`, { defaultValue: archont.state })}</Fact>
        <Fact name={t('archonts.fingerprint')}>{archont.fingerprint && <Code title={archont.fingerprint}>{archont.fingerprint.slice(0, 16)}</Code>}</Fact>
        <Fact name={t('archonts.certificate')}><Time at={archont.expires_at} /></Fact>
        <Fact name={t('archonts.enrolledAt')}><Time at={archont.enrolled_at} /></Fact>
        <Fact name={t('archonts.renewedAt')}><Time at={archont.renewed_at} /></Fact>
        {archont.revoked_at && <Fact name={t('archonts.revokedAt')}><Time at={archont.revoked_at} /> {archont.revoked_why}</Fact>}
      </Facts>
    </Section>
  );
}

export function HubPage() {
  const { t } = useTranslation();
  const { hub: id } = useParams({ from: '/inside/frame/archonts/$hub' });
  const may = useMay();
  const live = useLine().state === 'live';
  const { row, hub, archont, pending, error, again } = useHub(id);
  const back = <GoLink to="/archonts" size="sm"><Group gap={4}><IconArrowLeft size={14} aria-hidden />{t('archonts.title')}</Group></GoLink>;
  if (!row) {
    const absent = error instanceof Problem && [404, 422].includes(error.status);
    return (
      <Stack p="sm" gap="sm">
        {back}
        {pending ? <Loading /> : absent ? <Empty title={t('archonts.absent')}>{t('archonts.absentNext')}</Empty> : <Failed why={error} onRetry={() => void again()} />}
      </Stack>
    );
  }
  const standing = standingOf(row);
  const held = ['unreachable', 'cut', 'locked', 'drained', 'pending', 'unapproved', 'revoked'].includes(standing);
  return (
    <Stack p="sm" gap="sm">
      {back}
      <header className={classes.banner} data-state={roles[standingTone[standing]]}>
        <h1 className={classes.label}>{row.label}</h1>
        <StandingTag row={row} />
        <Text size="sm" c="var(--quiet)">{t(`kinds.${row.kind as 'MF'}`, { defaultValue: row.kind })}</Text>
        <Group ml="auto"><HubActions key={id} row={row} onDone={again} /></Group>
      </header>
      {held && <Notice>{t(`archonts.held.${standing as 'drained'}`)}{standing === 'locked' && hub?.lock_reason ? ` ${hub.lock_reason}` : ''}</Notice>}
      <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="sm">
        <Stack gap="sm">
          {hub && <Now row={row} hub={hub} />}
          {archont && <Identity archont={archont} />}
        </Stack>
        {hub && (
          <Stack gap="sm">
            <HubConfig hub={id} live={live} />
            <HubEvents hub={id} live={live} />
          </Stack>
        )}
      </SimpleGrid>
      {hub && may('ottb.device.read') && <HubDevices hub={id} />}
    </Stack>
  );
}
