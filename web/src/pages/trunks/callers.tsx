// The company's own numbers that calls may show, each with the proof that it is ours.
import { Button, Group } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '@/api/client.ts';
import { useMay } from '@/api/me.ts';
import { Answer } from '@/parts/answer.tsx';
import layout from '@/parts/page.module.css';
import { useDeeds } from '@/parts/shortcuts.ts';
import { Empty } from '@/parts/states.tsx';
import { Tag } from '@/parts/tag.tsx';
import { Time } from '@/parts/time.tsx';
import { type Column, VirtualTable } from '@/parts/virtual-table.tsx';
import { callersQuery } from '@/pages/campaigns/choices.ts';
import { CallerDialog } from './caller-dialog.tsx';
import { useTrunkNames } from './use-trunks.ts';

type Caller = Schemas['caller_view'];

export function Callers() {
  const { t } = useTranslation();
  const may = useMay()('ottb.caller.write');
  const queries = useQueryClient();
  const trunkName = useTrunkNames();
  const [open, setOpen] = useState<Caller | 'new' | null>(null);
  const callers = useQuery({ ...callersQuery, refetchInterval: 30_000 });
  useDeeds(may ? [{ id: 'caller new', label: t('trunks.addCaller'), group: t('trunks.title'), key: 'n', run: () => setOpen('new') }] : []);
  const columns: Column<Caller>[] = [
    { id: 'number', header: t('trunks.number'), width: '130px', cell: (one) => <b>{one.number}</b> },
    { id: 'state', header: t('wall.state'), width: '128px', cell: (one) => <Tag tone={one.enabled ? 'good' : 'plain'}>{t(one.enabled ? 'trunks.allowed' : 'trunks.forbidden')}</Tag> },
    { id: 'trunks', header: t('trunks.onTrunks'), width: 'minmax(140px, 1fr)', cell: (one) => (one.trunks.length === 0 ? t('trunks.allTrunks') : one.trunks.map(trunkName).join(', ')) },
    { id: 'proof', header: t('trunks.proof'), width: 'minmax(160px, 1.6fr)', cell: (one) => <span title={one.proof}>{one.proof}</span> },
    { id: 'verified', header: t('trunks.verified'), width: '150px', cell: (one) => <Time at={one.verified_at} /> },
    { id: 'deed', header: t('parts.actions'), width: '96px', hidden: true, right: true, cell: (one) => may && <Button size="compact-xs" variant="subtle" aria-label={`${t('trunks.change')}: ${one.number}`} onClick={() => setOpen(one)}>{t('trunks.change')}</Button> },
  ];
  const add = may && <Button onClick={() => setOpen('new')}>{t('trunks.addCaller')}</Button>;
  return (
    <>
      {add && <div className={layout.tools}><Group ml="auto">{add}</Group></div>}
      <Answer of={callers} rows={6}>
        {(all) => (all.length === 0 ? <Empty title={t('trunks.noCallers')} action={add}>{t('trunks.noCallersNext')}</Empty> : <VirtualTable label={t('trunks.tabs.callers')} rows={all} idOf={(one) => one.number} columns={columns} onOpen={may ? setOpen : undefined} />)}
      </Answer>
      {open && <CallerDialog caller={open === 'new' ? null : open} onDone={() => void queries.invalidateQueries({ queryKey: ['callers'] })} onClose={() => setOpen(null)} />}
    </>
  );
}
