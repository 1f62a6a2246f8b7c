// Whom never to call: ask about a number, put one on a list, take an entry off, see where each came from.
import { Button, Select, Stack } from '@mantine/core';
import { IconBan } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '@/api/me.ts';
import frame from '@/parts/page.module.css';
import { useDeeds } from '@/parts/shortcuts.ts';
import { Empty, Failed, Loading, StaleNote } from '@/parts/states.tsx';
import { AddDnc } from './add-dnc.tsx';
import { DncLookup } from './dnc-lookup.tsx';
import { DncRows } from './dnc-rows.tsx';
import { SettingsFrame } from './frame.tsx';
import { campaignNamesQuery, dncQuery } from './questions.ts';
import { dncSearch } from './search.ts';

export function DncPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const may = useMay();
  const { list = 'global' } = useSearch({ from: '/inside/frame/settings/do-not-call' });
  const campaigns = useQuery({ ...campaignNamesQuery, enabled: may('ottb.campaign.read') });
  const pages = useInfiniteQuery(dncQuery(list));
  const entries = pages.data?.pages.flatMap((page) => page.items) ?? [];
  const [adding, setAdding] = useState(false);
  const canAdd = may('ottb.dnc.write');
  useDeeds(canAdd ? [{ id: 'dnc add', label: t('settings.addNumber'), group: t('settings.title'), key: 'n', run: () => setAdding(true) }] : []);
  const lists = [{ value: 'global', label: t('settings.lists.global') }, { value: 'national', label: t('settings.lists.national') }, ...(campaigns.data ?? []).map((one) => ({ value: one.id, label: t('settings.lists.campaign', { name: one.name }) }))];
  const add = canAdd && <Button leftSection={<IconBan size={15} aria-hidden />} onClick={() => setAdding(true)}>{t('settings.addNumber')}</Button>;
  return (
    <SettingsFrame title={t('settings.dnc')} actions={add}>
      <Stack p="sm" gap="sm"><DncLookup lists={lists} /></Stack>
      <div className={frame.tools}>
        <Select label={t('settings.list')} w={320} searchable data={lists} value={list} onChange={(value) => void navigate({ to: '/settings/do-not-call', search: dncSearch({ list: value }), replace: true })} allowDeselect={false} />
      </div>
      {pages.isError && entries.length > 0 && <StaleNote heard={pages.dataUpdatedAt} />}
      {pages.isPending ? (
        <Stack p="sm"><Loading /></Stack>
      ) : entries.length > 0 ? (
        <DncRows entries={entries} label={t('settings.dnc')} more={{ has: pages.hasNextPage, loading: pages.isFetchingNextPage, failed: pages.isFetchNextPageError, load: () => void pages.fetchNextPage() }} />
      ) : pages.isError ? (
        <Failed why={pages.error} onRetry={() => void pages.refetch()} />
      ) : (
        <Empty title={t('settings.noEntries')} action={add}>{t('settings.noEntriesNext')}</Empty>
      )}
      {adding && <AddDnc lists={lists} list={list} onClose={() => setAdding(false)} />}
    </SettingsFrame>
  );
}
