// Calls: those under way now, live, and those that have ended.
import { Button, SegmentedControl } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '@/api/me.ts';
import { useTopic } from '@/live/hooks.ts';
import { campaignsQuery } from '@/pages/campaigns/use-campaigns.ts';
import { FullPage } from '@/parts/full-page.tsx';
import { Notice } from '@/parts/notice.tsx';
import { NumberSearch } from '@/parts/number-search.tsx';
import { PageHead } from '@/parts/section.tsx';
import { useDeeds } from '@/parts/shortcuts.ts';
import { Filters } from './filters.tsx';
import { HistoryTab } from './history-tab.tsx';
import { LiveTab } from './live-tab.tsx';
import { type CallsSearch, uuid } from './search.ts';
import { askForNumber } from './use-history.ts';

const isId = (text: string): boolean => uuid.test(text.toLowerCase());

export function CallsPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const may = useMay();
  const search = useSearch({ from: '/inside/frame/calls' });
  const topic = useTopic('calls');
  const campaigns = useQuery({ ...campaignsQuery, enabled: may('ottb.campaign.read') });
  const names = useMemo(() => new Map(campaigns.data?.map((one) => [one.id, one.name])), [campaigns.data]);
  const [asking, setAsking] = useState(false);
  const history = search.tab === 'history';
  const maySearch = may('ottb.lead.search'); // without it a call is found by its id only

  const go = useCallback((next: CallsSearch) => void navigate({ to: '/calls', search: next, replace: true }), [navigate]);
  const change = useCallback((more: CallsSearch) => go({ ...search, ...more }), [go, search]);
  const clear = () => go(history ? { tab: 'history' } : {});
  const turn = (tab: string) => go({ ...(tab === 'history' && { tab }), ...(search.campaign && { campaign: search.campaign }), ...(search.slot && { slot: search.slot }) });
  const find = async (text: string, region: string | undefined) => {
    if (isId(text)) await navigate({ to: '/calls/$id', params: { id: text.toLowerCase() } });
    else if (!maySearch) throw new Error(t('calls.find.idOnly', { permission: 'ottb.lead.search' }));
    else await navigate({ to: '/calls', search: { tab: 'history', found: await askForNumber(text, region) } });
  };
  const group = t('calls.title');
  useDeeds([
    { id: 'calls find', label: t('calls.find.title'), group, key: '/', run: () => setAsking(true) },
    { id: 'calls tab', label: t(history ? 'calls.showLive' : 'calls.showHistory'), group, key: 'v', run: () => turn(history ? 'live' : 'history') },
  ]);
  const head = (
    <>
      <PageHead title={t('calls.title')} note={topic.items ? t('calls.count', { count: topic.items.length }) : undefined}>
        <SegmentedControl aria-label={t('wall.view')} value={history ? 'history' : 'live'} onChange={turn} data={[{ value: 'live', label: t('calls.live') }, { value: 'history', label: t('calls.history') }]} />
        <Button variant="default" leftSection={<IconSearch size={15} aria-hidden />} onClick={() => setAsking(true)}>{t('calls.find.do')}</Button>
      </PageHead>
      {search.found ? <Notice icon={<IconSearch size={16} aria-hidden />}>{t('calls.find.shown')} <Button size="compact-xs" variant="subtle" onClick={clear}>{t('calls.find.leave')}</Button></Notice> : <Filters search={search} campaigns={names} onChange={change} />}
    </>
  );
  return (
    <FullPage head={head}>
      {history ? <HistoryTab search={search} campaigns={names} onClear={clear} onAsk={() => setAsking(true)} /> : <LiveTab search={search} onClear={clear} />}
      {asking && <NumberSearch title={t('calls.find.title')} note={t(maySearch ? 'calls.find.note' : 'calls.find.idNote')} label={t(maySearch ? 'calls.find.label' : 'calls.id')} direct={(text) => !maySearch || isId(text)} ask={find} onClose={() => setAsking(false)} />}
    </FullPage>
  );
}
