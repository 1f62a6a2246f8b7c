// Light or dark, dense or roomy, which language.
import { ActionIcon, Menu } from '@mantine/core';
import { IconAdjustmentsHorizontal, IconCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { choose, type Preferences, usePreferences } from '@/preferences.ts';

export function LooksMenu() {
  const { t } = useTranslation();
  const now = usePreferences();
  const item = <K extends keyof Preferences>(name: K, value: Preferences[K], label: string, lang?: string) => (
    <Menu.Item key={value} role="menuitemradio" aria-checked={now[name] === value} lang={lang} onClick={() => choose({ [name]: value })} rightSection={now[name] === value ? <IconCheck size={14} aria-hidden /> : null}>
      {label}
    </Menu.Item>
  );
  return (
    <Menu position="bottom-end" width={210} closeOnItemClick={false}>
      <Menu.Target>
        <ActionIcon aria-label={t('looks.title')} color="gray" c="inherit">
          <IconAdjustmentsHorizontal size={17} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('looks.scheme')}</Menu.Label>
        {item('scheme', 'auto', t('looks.auto'))}
        {item('scheme', 'light', t('looks.light'))}
        {item('scheme', 'dark', t('looks.dark'))}
        <Menu.Label>{t('looks.density')}</Menu.Label>
        {item('density', 'compact', t('looks.compact'))}
        {item('density', 'comfortable', t('looks.comfortable'))}
        <Menu.Label>{t('looks.language')}</Menu.Label>
        {item('language', 'ru', 'Русский', 'ru')}
        {item('language', 'en', 'English', 'en')}
      </Menu.Dropdown>
    </Menu>
  );
}
