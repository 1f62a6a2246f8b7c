// What happened to the slot, newest first: transitions, commands, device changes, events.
import { Button, Group } from '@mantine/core';
import { IconArrowRight, IconBolt, IconDeviceMobile, IconHandClick, IconTransform, type TablerIcon } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Section } from '@/parts/section.tsx';
import { StateBadge } from '@/parts/state-badge.tsx';
import { Empty, Failed, Loading } from '@/parts/states.tsx';
import { Tag } from '@/parts/tag.tsx';
import { Time } from '@/parts/time.tsx';
import { transition } from './transition.ts';
import classes from './slot.module.css';
import { type Moment, useTimeline } from './use-slot.ts';

const icons: Record<string, TablerIcon> = { transition: IconTransform, command: IconHandClick, device: IconDeviceMobile, event: IconBolt };

function MomentLine({ moment }: { moment: Moment }) {
  const { t } = useTranslation();
  const Icon = icons[moment.what] ?? IconBolt;
  const states = moment.what === 'transition' ? transition(moment.text) : null;
  return (
    <li className={classes.moment}>
      <Time at={moment.at} />
      <span className={classes.sign} title={t(`slot.moments.${moment.what as 'event'}`, { defaultValue: moment.what })}><Icon size={15} stroke={1.7} aria-hidden /></span>
      <span className={classes.what}>
        {states ? (
          <>
            <StateBadge state={states.from} />
            <IconArrowRight size={14} aria-label="→" />
            <StateBadge state={states.to} />
          </>
        ) : (
          <b>{moment.text}</b>
        )}
        {moment.detail && <span className={classes.detail}>{moment.detail}</span>}
        {moment.stale && <Tag>{t('slot.stale')}</Tag>}
        {moment.trail && <span className={classes.detail} title={`${t('parts.trail.word')} ${moment.trail}`}>…{moment.trail.slice(-6)}</span>}
      </span>
    </li>
  );
}

export function Timeline({ number }: { number: string }) {
  const { t } = useTranslation();
  const pages = useTimeline(number);
  const moments = pages.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Section title={t('slot.timeline')}>
      {pages.isPending ? (
        <Loading rows={6} />
      ) : pages.isError && moments.length === 0 ? (
        <Failed why={pages.error} onRetry={() => void pages.refetch()} />
      ) : moments.length === 0 ? (
        <Empty title={t('slot.noMoments')}>{t('slot.noMomentsNext')}</Empty>
      ) : (
        <>
          <ol className={classes.moments}>
            {/* oxlint-disable-next-line react/no-array-index-key -- a moment has no id, and two may be alike */}
            {moments.map((moment, i) => <MomentLine key={`${moment.at} ${moment.what} ${moment.text} ${i}`} moment={moment} />)}
          </ol>
          {pages.hasNextPage && (
            <Group justify="center">
              <Button variant="default" loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>{t('slot.older')}</Button>
            </Group>
          )}
        </>
      )}
    </Section>
  );
}
