// One slot: who it is, how it stands now, what happened to it, and what can be done.
import { Group, SimpleGrid, Stack, Text } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Problem } from '@/api/problem.ts';
import { Fact, Facts } from '@/parts/facts.tsx';
import { GoLink } from '@/parts/go-link.tsx';
import { Section } from '@/parts/section.tsx';
import { StateBadge } from '@/parts/state-badge.tsx';
import { Empty, Failed, Loading } from '@/parts/states.tsx';
import { Time, Timer } from '@/parts/time.tsx';
import { quote } from '@/pages/wall/slot-query.ts';
import { stateRole } from '@/theme.ts';
import { Actions } from './actions.tsx';
import { Credentials } from './credentials.tsx';
import { Held } from './held.tsx';
import classes from './slot.module.css';
import { Timeline } from './timeline.tsx';
import { type SlotView, useSlot } from './use-slot.ts';

function Now({ slot }: { slot: SlotView }) {
  const { t } = useTranslation();
  return (
    <Section title={t('slot.now')}>
      <Facts>
        <Fact name={t('wall.registration')}>{t(slot.registered ? 'flags.registered' : 'flags.unregistered')}</Fact>
        <Fact name={t('slot.link')}>{t(slot.unreachable ? 'flags.unreachable' : 'slot.linked')}</Fact>
        <Fact name={t('wall.fault')}>{slot.fault_code}</Fact>
        <Fact name={t('slot.rung')}>{slot.rung}</Fact>
        <Fact name={t('slot.epoch')}>{slot.epoch}</Fact>
        <Fact name={t('slot.leaseUntil')}>{slot.lease_until && <Time at={slot.lease_until} />}</Fact>
        <Fact name={t('slot.campaign')}>{slot.campaign}</Fact>
        <Fact name={t('slot.attempt')}>{slot.attempt}</Fact>
        <Fact name={t('slot.call')}>{slot.call_id}</Fact>
      </Facts>
    </Section>
  );
}

function Identity({ slot }: { slot: SlotView }) {
  const { t } = useTranslation();
  return (
    <Section title={t('slot.identity')}>
      <Facts>
        <Fact name={t('wall.kind')}>{t(`kinds.${slot.kind as 'MF'}`, { defaultValue: slot.kind })}</Fact>
        <Fact name={t('wall.hub')}><GoLink to="/wall" search={{ q: `hub:${quote(slot.hub)}` }} size="sm">{slot.hub}</GoLink></Fact>
        <Fact name={t('slot.device')}>{slot.device?.serial}</Fact>
        <Fact name={t('slot.shelf')}>{slot.device?.shelf_label}</Fact>
        <Fact name={t('slot.media')}>{slot.media}</Fact>
        <Fact name={t('slot.virtual')}>{slot.device ? t(slot.device.is_virtual ? 'parts.yes' : 'parts.no') : undefined}</Fact>
      </Facts>
    </Section>
  );
}

export function SlotPage() {
  const { t } = useTranslation();
  const { number } = useParams({ from: '/inside/frame/slots/$number' });
  const { view, pending, error, again } = useSlot(number);
  const back = (
    <GoLink to="/wall" size="sm">
      <Group gap={4}><IconArrowLeft size={14} aria-hidden />{t('wall.title')}</Group>
    </GoLink>
  );
  if (!view) {
    const absent = error instanceof Problem && (error.status === 404 || error.status === 422);
    return (
      <Stack p="sm" gap="sm">
        {back}
        {absent ? <Empty title={t('slot.absent', { number })}>{t('slot.absentNext')}</Empty> : pending ? <Loading /> : <Failed why={error} onRetry={again} />}
      </Stack>
    );
  }
  return (
    <Stack p="sm" gap="sm">
      {back}
      <header className={classes.banner} data-state={stateRole(view.state)}>
        <h1 className={classes.number}>{view.number}</h1>
        <StateBadge state={view.state} large />
        <span className={classes.timer}><Timer since={view.since} /></span>
        <Text size="sm" c="var(--quiet)">{t('slot.since')} <Time at={view.since} /></Text>
        <Group ml="auto"><Actions slot={view} /></Group>
      </header>
      <Held slot={view} />
      <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="sm">
        <Timeline number={number} />
        <Stack gap="sm">
          <Now slot={view} />
          <Identity slot={view} />
          <Credentials key={number} number={number} retired={view.retired} />
        </Stack>
      </SimpleGrid>
    </Stack>
  );
}
