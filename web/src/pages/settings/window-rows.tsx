// The windows of a profile while they are edited: days, from, to.
import { Button, Chip, Group, Text, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { days } from './documents.ts';
import type { ProfileDocument } from './questions.ts';
import classes from './settings.module.css';

type Window = NonNullable<ProfileDocument['windows']>[number];

export function WindowRows({ windows, onChange }: { windows: readonly Window[]; onChange: (windows: Window[]) => void }) {
  const { t } = useTranslation();
  const set = (index: number, change: Partial<Window>) => onChange(windows.map((one, i) => (i === index ? { ...one, ...change } : one)));
  const clock = /^([01]\d|2[0-3]):[0-5]\d$|^24:00$/;
  const time = (one: Window, i: number, name: 'from' | 'to') => (
    <TextInput aria-label={t(name === 'from' ? 'settings.from' : 'settings.until')} w={72} value={one[name]} maxLength={5} inputMode="numeric" error={!clock.test(one[name]) || (name === 'to' && one.from >= one.to)} onChange={(e) => set(i, { [name]: e.currentTarget.value })} />
  );
  return (
    <div role="group" aria-label={t('settings.windows')}>
      <Text size="sm" fw={600}>{t('settings.windows')}</Text>
      <Text size="xs" c="var(--quiet)">{t('settings.windowsNote')}</Text>
      {windows.length === 0 && <Text size="sm">{t('settings.noWindows')}</Text>}
      {windows.map((one, i) => (
        // oxlint-disable-next-line react/no-array-index-key -- a window is only its place in the list
        <div key={i} className={classes.windowRow}>
          <Chip.Group multiple value={one.days} onChange={(on) => set(i, { days: days.filter((day) => on.includes(day)) })}>
            <Group gap={4}>{days.map((day) => <Chip key={day} value={day} size="xs">{t(`settings.days.${day}`)}</Chip>)}</Group>
          </Chip.Group>
          <Group gap={4} wrap="nowrap">{time(one, i, 'from')}–{time(one, i, 'to')}</Group>
          <Button variant="subtle" color="red" size="compact-xs" ml="auto" leftSection={<IconTrash size={13} aria-hidden />} onClick={() => onChange(windows.filter((_, at) => at !== i))}>{t('settings.remove')}</Button>
        </div>
      ))}
      {windows.length < 50 && <Button variant="subtle" size="compact-xs" mt={6} leftSection={<IconPlus size={13} aria-hidden />} onClick={() => onChange([...windows, { days: ['sat'], from: '10:00', to: '18:00' }])}>{t('settings.addWindow')}</Button>}
    </div>
  );
}
