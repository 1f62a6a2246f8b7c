// Trunks and numbers: what answers and how full it is, our numbers, what calls show, and a call to try it.
import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '@/api/me.ts';
import { Gate } from '@/parts/gate.tsx';
import layout from '@/parts/page.module.css';
import { PageHead } from '@/parts/section.tsx';
import { useDeeds } from '@/parts/shortcuts.ts';
import { Tab, Tabs } from '@/parts/tabs.tsx';
import { Callers } from './callers.tsx';
import { Numbers } from './numbers.tsx';
import { TestCall } from './test-call.tsx';
import { TrunkDialog } from './trunk-dialog.tsx';
import { TrunkList } from './trunk-list.tsx';

export function TrunksPage() {
  const { t } = useTranslation();
  const may = useMay();
  const navigate = useNavigate();
  const { tab, q = '', trunk } = useSearch({ from: '/inside/frame/trunks' });
  const open = (next: string | undefined) => void navigate({ to: '/trunks', search: { tab, q: q || undefined, trunk: next }, replace: true });
  const setQuery = useCallback((next: string) => void navigate({ to: '/trunks', search: { tab, trunk, q: next.trim() === '' ? undefined : next }, replace: true }), [navigate, tab, trunk]);
  const mayWrite = may('ottb.trunk.write');
  const group = t('trunks.title');
  useDeeds([
    ...(mayWrite && !tab ? [{ id: 'trunk new', label: t('trunks.add'), group, key: 'n', run: () => open('new') }] : []),
    ...(may('ottb.slot.test') ? [{ id: 'test call', label: t('trunks.testCall'), group, key: 't', run: () => void navigate({ to: '/trunks', search: { tab: 'test' } }) }] : []),
  ]);
  return (
    <div className={layout.page}>
      <div className={layout.head}>
        <PageHead title={t('trunks.title')}>
          {mayWrite && !tab && <Button leftSection={<IconPlus size={15} aria-hidden />} onClick={() => open('new')}>{t('trunks.add')}</Button>}
        </PageHead>
        <Tabs label={t('trunks.title')}>
          <Tab to="/trunks" search={{}} activeOptions={{ exact: true }}>{t('trunks.tabs.trunks')}</Tab>
          {may('ottb.did.read') && <Tab to="/trunks" search={{ tab: 'numbers' }}>{t('trunks.tabs.numbers')}</Tab>}
          {may('ottb.caller.read') && <Tab to="/trunks" search={{ tab: 'callers' }}>{t('trunks.tabs.callers')}</Tab>}
          {may('ottb.slot.test') && <Tab to="/trunks" search={{ tab: 'test' }}>{t('trunks.tabs.test')}</Tab>}
        </Tabs>
      </div>
      {tab === 'numbers' ? (
        <Gate permission="ottb.did.read"><Numbers q={q} onQuery={setQuery} /></Gate>
      ) : tab === 'callers' ? (
        <Gate permission="ottb.caller.read"><Callers /></Gate>
      ) : tab === 'test' ? (
        <Gate permission="ottb.slot.test"><div className={layout.scroll}><TestCall /></div></Gate>
      ) : (
        <TrunkList onOpen={open} />
      )}
      {trunk && mayWrite && <TrunkDialog key={trunk} trunk={trunk} onClose={() => open(undefined)} />}
    </div>
  );
}
