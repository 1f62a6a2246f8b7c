// The health of the platform: what is wrong now first, then everything that is looked at.
import { SimpleGrid, Stack } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { LiveHealth } from '@/live/topics.ts';
import { Notice } from '@/parts/notice.tsx';
import { PageHead, Section } from '@/parts/section.tsx';
import { Failed, Forbidden, Loading } from '@/parts/states.tsx';
import { Tag } from '@/parts/tag.tsx';
import { Age } from '@/parts/time.tsx';
import { type HealthGroup, grouped, groups, healthTone, stateOf, wrongNow } from './health.ts';
import classes from './health.module.css';
import { useHealth } from './use-health.ts';
import { useHealthWords } from './words.ts';
import { WrongList } from './wrong-list.tsx';

function Group({ group, items }: { group: HealthGroup; items: readonly LiveHealth[] }) {
  const { t } = useTranslation();
  const words = useHealthWords();
  return (
    <Section title={t(`health.groups.${group}`)}>
      <ul className={classes.items}>
        {items.map((item) => (
          <li key={item.id} className={classes.item}>
            <Tag tone={healthTone[stateOf(item)]}>{t(`health.states.${stateOf(item)}`)}</Tag>
            <span className={classes.itemName}>{words.name(item)}</span>
            <span className={classes.itemValue}>{words.value(item)}</span>
            <span className={classes.itemAge}>{item.since && <Age since={item.since} />}</span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

export function HealthPage() {
  const { t } = useTranslation();
  const { items, partial, refused, pending, error, again } = useHealth();
  const wrong = useMemo(() => wrongNow(items), [items]);
  const all = useMemo(() => grouped(items), [items]);
  if (refused !== null) return <Forbidden permission={refused} />;
  const bad = wrong.some((item) => stateOf(item) === 'bad');
  return (
    <Stack p="sm" gap="sm">
      <PageHead title={t('health.title')} note={items.length > 0 && <Tag tone={bad ? 'bad' : wrong.length > 0 ? 'warn' : 'good'}>{wrong.length > 0 ? t('health.wrongCount', { count: wrong.length }) : t('health.well')}</Tag>} />
      {items.length === 0 ? (
        pending ? <Loading rows={8} /> : <Failed why={error ?? new Error(t('health.nothing'))} onRetry={again} />
      ) : (
        <>
          {partial && <Notice>{t('health.partial')}</Notice>}
          <Section title={t('health.now')}>
            <WrongList items={wrong} known={items.length} />
          </Section>
          <SimpleGrid cols={{ base: 1, md: 2, xl: 3 }} spacing="sm">
            {groups.map((group) => all.has(group) && <Group key={group} group={group} items={all.get(group)!} />)}
          </SimpleGrid>
        </>
      )}
    </Stack>
  );
}
