// What can be done from everywhere: go to a page, sign out, change looks, see the keys.
import { useComputedColorScheme } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '@/api/me.ts';
import { pages } from '@/pages.ts';
import { choose, usePreferences } from '@/preferences.ts';
import { openPalette, paletteAsked } from './palette-door.ts';
import { type Deed, useDeeds, useKeys } from './shortcuts.ts';
import { useLeave } from './use-leave.ts';

const Palette = lazy(() => import('./palette.tsx').then((file) => ({ default: file.Palette })));
const KeyList = lazy(() => import('./key-list.tsx').then((file) => ({ default: file.KeyList })));
const Notices = lazy(() => import('./notices.tsx').then((file) => ({ default: file.Notices })));

export function FrameDeeds() {
  const { t } = useTranslation();
  const may = useMay();
  const leave = useLeave();
  const navigate = useNavigate();
  const { language } = usePreferences();
  const scheme = useComputedColorScheme(); // as it looks now, whoever chose it
  const [keysShown, keys] = useDisclosure();
  const allowed = pages.filter((page) => may(page.permission));
  const go = t('palette.go');
  const frame = t('palette.frame');
  useDeeds([
    ...allowed.map((page): Deed => ({ id: `go ${page.path}`, label: t(page.label) as string, group: go, key: page.key, run: () => void navigate({ to: page.path }) })),
    { id: 'go /account', label: t('account.title'), group: go, key: 'g m', run: () => void navigate({ to: '/account' }) },
    { id: 'palette', label: t('palette.open'), group: frame, key: 'mod+k', run: openPalette, hidden: true },
    { id: 'keys', label: t('keys.title'), group: frame, key: '?', run: keys.open },
    { id: 'scheme', label: scheme === 'dark' ? t('looks.toLight') : t('looks.toDark'), group: frame, run: () => choose({ scheme: scheme === 'dark' ? 'light' : 'dark' }) },
    { id: 'language', label: language === 'ru' ? 'English' : 'Русский', group: frame, run: () => choose({ language: language === 'ru' ? 'en' : 'ru' }) },
    { id: 'out', label: t('account.signOut'), group: frame, run: leave },
  ]);
  useKeys();
  const asked = useSyncExternalStore(paletteAsked.listen, paletteAsked.count);
  return (
    <Suspense fallback={null}>
      <Notices />
      {asked > 0 && <Palette asked={asked} />}
      {keysShown && <KeyList onClose={keys.close} />}
    </Suspense>
  );
}
