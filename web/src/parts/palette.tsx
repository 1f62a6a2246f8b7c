// Ctrl-K: every page, every action of the page that stands, and a slot by its number. Loaded when it is first asked for.
import '@mantine/spotlight/styles.css';
import { Kbd } from '@mantine/core';
import { createSpotlight, Spotlight, type SpotlightActionData } from '@mantine/spotlight';
import { IconArrowRight, IconSearch } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '@/api/me.ts';
import { keyName, useAllDeeds } from './shortcuts.ts';

const [store, palette] = createSpotlight();

const slotNumber = /^[678]\d{3,5}$/;

/** Opens whenever `asked` grows. */
export function Palette({ asked }: { asked: number }) {
  const { t } = useTranslation();
  useEffect(() => {
    if (asked > 0) palette.open();
  }, [asked]);
  const deeds = useAllDeeds();
  const navigate = useNavigate();
  const may = useMay();
  const [query, setQuery] = useState('');
  const byGroup = new Map<string, SpotlightActionData[]>();
  for (const deed of deeds) {
    if (deed.hidden) continue;
    const entry = { id: deed.id, label: deed.label, onClick: deed.run, rightSection: deed.key ? <Kbd size="xs">{deed.key.split(' ').map(keyName).join(' ')}</Kbd> : <IconArrowRight size={14} aria-hidden /> };
    byGroup.set(deed.group, [...(byGroup.get(deed.group) ?? []), entry]);
  }
  const number = query.trim();
  if (slotNumber.test(number) && may('ottb.slot.read')) {
    const go = () => void navigate({ to: '/slots/$number', params: { number } });
    byGroup.set(t('palette.found'), [{ id: 'slot', label: t('palette.slot', { number }), keywords: number, onClick: go }]);
  }
  return (
    <Spotlight
      store={store}
      actions={[...byGroup].map(([group, actions]) => ({ group, actions }))}
      query={query}
      onQueryChange={setQuery}
      attributes={{ content: { 'aria-label': t('palette.open') } }}
      shortcut={null}
      nothingFound={t('palette.nothing')}
      highlightQuery
      scrollable
      maxHeight={420}
      searchProps={{ leftSection: <IconSearch size={16} aria-hidden />, placeholder: t('palette.placeholder'), 'aria-label': t('palette.placeholder') }}
    />
  );
}
