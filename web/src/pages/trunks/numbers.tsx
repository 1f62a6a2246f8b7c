// Our own numbers and where each leads.
import { Button, Group, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { allPages } from '@/api/all-pages.ts';
import { api, ask, type Schemas } from '@/api/client.ts';
import { useMay } from '@/api/me.ts';
import { Answer } from '@/parts/answer.tsx';
import { FilterInput } from '@/parts/filter-input.tsx';
import { GoLink } from '@/parts/go-link.tsx';
import { useNumbers } from '@/parts/numbers.ts';
import layout from '@/parts/page.module.css';
import { useDeeds } from '@/parts/shortcuts.ts';
import { Empty } from '@/parts/states.tsx';
import { type Column, VirtualTable } from '@/parts/virtual-table.tsx';
import { DidDialog } from './did-dialog.tsx';
import { targetOf } from './did-target.ts';
import { useTrunkNames } from './use-trunks.ts';

type Did = Schemas['did_view'];

function Target({ of }: { of: string }) {
  const { t } = useTranslation();
  const target = targetOf(of);
  if (!target) return <>{of}</>;
  const word = t(`trunks.target.${target.kind}`);
  return <>{word} {target.kind === 'slot' ? <GoLink to="/slots/$number" params={{ number: target.number }} fz="inherit">{target.number}</GoLink> : target.number}</>;
}

export function Numbers({ q, onQuery }: { q: string; onQuery: (q: string) => void }) {
  const { t } = useTranslation();
  const { count } = useNumbers();
  const may = useMay()('ottb.did.write');
  const queries = useQueryClient();
  const trunkName = useTrunkNames();
  const [open, setOpen] = useState<Did | 'new' | null>(null);
  const dids = useQuery({ queryKey: ['dids'], queryFn: ({ signal }) => allPages((after) => ask(api.GET('/ottb/dids', { params: { query: { limit: '500', ...after } }, signal }))), refetchInterval: 30_000 });
  const shown = useMemo(() => (dids.data ?? []).filter((did) => `${did.number} ${did.target}`.includes(q.trim())), [dids.data, q]);
  useDeeds(may ? [{ id: 'did new', label: t('trunks.addNumber'), group: t('trunks.title'), key: 'n', run: () => setOpen('new') }] : []);
  const columns: Column<Did>[] = [
    { id: 'number', header: t('trunks.number'), width: 'minmax(150px, 1fr)', cell: (did) => <b>{did.number}</b> },
    { id: 'target', header: t('trunks.leadsTo'), width: 'minmax(140px, 1fr)', cell: (did) => <Target of={did.target} /> },
    { id: 'trunk', header: t('trunks.trunk'), width: 'minmax(130px, 1fr)', cell: (did) => (did.trunk === undefined ? t('trunks.anyTrunk') : trunkName(did.trunk)) },
    { id: 'deed', header: t('parts.actions'), width: '96px', hidden: true, right: true, cell: (did) => may && <Button size="compact-xs" variant="subtle" aria-label={`${t('trunks.change')}: ${did.number}`} onClick={() => setOpen(did)}>{t('trunks.change')}</Button> },
  ];
  const add = may && <Button onClick={() => setOpen('new')}>{t('trunks.addNumber')}</Button>;
  return (
    <>
      <div className={layout.tools}>
        <FilterInput value={q} label={t('trunks.findNumber')} group={t('trunks.title')} onChange={onQuery} />
        {dids.data && <Text span size="sm" c="var(--quiet)">{t('trunks.shown', { shown: count(shown.length), total: count(dids.data.length) })}</Text>}
        <Group ml="auto">{add}</Group>
      </div>
      <Answer of={dids} rows={8}>
        {(all) =>
          all.length === 0 ? (
            <Empty title={t('trunks.noNumbers')} action={add}>{t('trunks.noNumbersNext')}</Empty>
          ) : shown.length === 0 ? (
            <Empty title={t('trunks.nothing')} action={<Button variant="default" onClick={() => onQuery('')}>{t('query.clear')}</Button>} />
          ) : (
            <VirtualTable label={t('trunks.tabs.numbers')} rows={shown} idOf={(did) => did.number} columns={columns} onOpen={may ? setOpen : undefined} />
          )
        }
      </Answer>
      {open && <DidDialog did={open === 'new' ? null : open} onDone={() => void queries.invalidateQueries({ queryKey: ['dids'] })} onClose={() => setOpen(null)} />}
    </>
  );
}
