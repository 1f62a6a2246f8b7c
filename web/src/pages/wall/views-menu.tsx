// Choosing, saving and removing views.
import { ActionIcon, Button, Group, Menu, TextInput } from '@mantine/core';
import { IconBookmark, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '@/api/me.ts';
import type { WallSearch } from './search.ts';
import { useViews } from './views.ts';

export function ViewsMenu({ search, onChoose }: { search: WallSearch; onChoose: (search: WallSearch) => void }) {
  const { t } = useTranslation();
  const { views, save, remove } = useViews(useMe().id);
  const [name, setName] = useState('');
  const ready: [string, WallSearch][] = [
    [t('views.all'), {}],
    [t('views.faults'), { q: 'state:FAULT', view: 'table', sort: '-since' }],
    [t('views.calls'), { q: 'state:CALLING,ACTIVE_CALL' }],
    [t('views.drained'), { q: 'is:drain', view: 'table' }],
    [t('views.locked'), { q: 'is:locked', view: 'table' }],
    [t('views.unregistered'), { q: '-is:registered', view: 'table' }],
  ];
  return (
    <Menu position="bottom-end" width={270} withinPortal>
      <Menu.Target>
        <Button variant="default" leftSection={<IconBookmark size={14} aria-hidden />}>{t('views.title')}</Button>
      </Menu.Target>
      <Menu.Dropdown>
        {ready.map(([label, target]) => <Menu.Item key={label} onClick={() => onChoose(target)}>{label}</Menu.Item>)}
        {views.length > 0 && <Menu.Label>{t('views.mine')}</Menu.Label>}
        {views.map((view) => (
          <Group key={view.name} gap={0} wrap="nowrap">
            <Menu.Item onClick={() => onChoose(view.search)}>{view.name}</Menu.Item>
            <ActionIcon aria-label={t('views.remove', { name: view.name })} color="gray" onClick={() => remove(view.name)}><IconTrash size={14} /></ActionIcon>
          </Group>
        ))}
        <Menu.Divider />
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (name.trim() === '') return;
            save({ name: name.trim(), search });
            setName('');
          }}
        >
          <Group gap={6} p={6} wrap="nowrap">
            <TextInput flex={1} aria-label={t('views.name')} placeholder={t('views.name')} value={name} maxLength={60} onChange={(e) => setName(e.currentTarget.value)} onKeyDown={(e) => e.stopPropagation()} />
            <Button type="submit" variant="light" disabled={name.trim() === ''}>{t('views.save')}</Button>
          </Group>
        </form>
      </Menu.Dropdown>
    </Menu>
  );
}
