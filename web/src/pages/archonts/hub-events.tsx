// What the hub reported and what was noticed about it, newest first.
import { Button, Group } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, ask } from '@/api/client.ts';
import { GoLink } from '@/parts/go-link.tsx';
import { Section } from '@/parts/section.tsx';
import { Empty, Failed, Loading } from '@/parts/states.tsx';
import { Tag, type Tone } from '@/parts/tag.tsx';
import { Time } from '@/parts/time.tsx';
import classes from './archonts.module.css';

const tones: Record<string, Tone> = { info: 'plain', warning: 'warn', error: 'bad' };

export function HubEvents({ hub, live }: { hub: string; live: boolean }) {
  const { t } = useTranslation();
  const pages = useInfiniteQuery({
    queryKey: ['hubs', hub, 'events'],
    queryFn: ({ pageParam, signal }) => ask(api.GET('/ottb/hubs/{hub}/events', { params: { path: { hub }, query: { limit: '50', ...(pageParam ? { after: pageParam } : {}) } }, signal })),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    maxPages: 40,
    refetchInterval: live ? 10_000 : 5_000,
  });
  const events = pages.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Section title={t('archonts.events')}>
      {pages.isPending ? (
        <Loading rows={6} />
      ) : pages.isError && events.length === 0 ? (
        <Failed why={pages.error} onRetry={() => void pages.refetch()} />
      ) : events.length === 0 ? (
        <Empty title={t('archonts.noEvents')}>{t('archonts.noEventsNext')}</Empty>
      ) : (
        <>
          <ol className={classes.events}>
            {events.map((event) => (
              <li key={event.id} className={classes.event}>
                <Time at={event.at} />
                <Tag tone={tones[event.severity] ?? 'plain'}>{t(`archonts.severity.${event.severity as 'info'}`, { defaultValue: event.severity })}</Tag>
                <span>{event.slot && <GoLink to="/slots/$number" params={{ number: event.slot }} size="sm">{event.slot}</GoLink>}</span>
                <span className={classes.eventText}><b>{t(`archonts.eventKinds.${event.kind as 'hub_unreachable'}`, { defaultValue: event.kind })}</b> <span className={classes.quiet}>{event.detail}</span></span>
              </li>
            ))}
          </ol>
          {pages.hasNextPage && <Group justify="center"><Button variant="default" loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>{t('slot.older')}</Button></Group>}
        </>
      )}
    </Section>
  );
}
