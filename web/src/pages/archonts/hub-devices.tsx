// The devices at the hub: those that wait for approval first; approving gives a number, a slot and credentials.
import { Button } from '@mantine/core';
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask, type Schemas } from '@/api/client.ts';
import { useMay } from '@/api/me.ts';
import { Confirm } from '@/parts/confirm.tsx';
import { GoLink } from '@/parts/go-link.tsx';
import { say } from '@/parts/say.ts';
import { Section } from '@/parts/section.tsx';
import { Empty, Failed, Loading } from '@/parts/states.tsx';
import { Tag, type Tone } from '@/parts/tag.tsx';
import { type Column, VirtualTable } from '@/parts/virtual-table.tsx';
import classes from './archonts.module.css';
import { DeviceLabel } from './device-label.tsx';

type Device = Schemas['device_view'];
const tones: Record<string, Tone> = { approved: 'good', discovered: 'warn', plugged: 'warn', retired: 'plain' };
const waits = (device: Device) => device.state === 'plugged' || device.state === 'discovered';

export function HubDevices({ hub }: { hub: string }) {
  const { t } = useTranslation();
  const may = useMay()('ottb.device.write');
  const queries = useQueryClient();
  const [approving, setApproving] = useState<Device | null>(null);
  const [labelling, setLabelling] = useState<Device | null>(null);
  const key = ['hubs', hub, 'devices'];
  const pages = useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam, signal }) => ask(api.GET('/ottb/devices', { params: { query: { hub, limit: '200', ...(pageParam ? { after: pageParam } : {}) } }, signal })),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    refetchInterval: 20_000,
  });
  const devices = useMemo(() => (pages.data?.pages.flatMap((page) => page.items) ?? []).toSorted((a, b) => Number(waits(b)) - Number(waits(a))), [pages.data]);
  const waiting = devices.filter(waits).length;
  const again = () => void queries.invalidateQueries({ queryKey: ['hubs', hub] });
  const approve = async (device: Device) => {
    const now = await ask(api.POST('/ottb/devices/{device}/approve', { params: { path: { device: device.id } } }));
    say({ color: 'teal', message: t('archonts.deviceApproved', { serial: device.serial, slot: now.slot ?? '' }) });
    again();
  };
  const columns: Column<Device>[] = [
    { id: 'serial', header: t('archonts.serial'), width: 'minmax(150px, 1.4fr)', cell: (one) => one.serial },
    { id: 'state', header: t('wall.state'), width: '124px', cell: (one) => <Tag tone={tones[one.state] ?? 'plain'}>{t(`archonts.device.${one.state as 'approved'}`, { defaultValue: one.state })}</Tag> },
    { id: 'slot', header: t('archonts.number'), width: '64px', right: true, cell: (one) => (one.slot ? <GoLink to="/slots/$number" params={{ number: one.slot }} size="sm">{one.slot}</GoLink> : '—') },
    { id: 'shelf', header: t('archonts.place'), width: 'minmax(90px, 1fr)', cell: (one) => [one.shelf_label, one.hub_port].filter(Boolean).join(' · ') || '—' },
    {
      id: 'deed', header: t('parts.actions'), width: '118px', hidden: true, right: true,
      cell: (one) => may && (waits(one) ? <Button size="compact-xs" onClick={() => setApproving(one)}>{t('archonts.approve')}</Button> : one.state === 'approved' && <Button size="compact-xs" variant="subtle" onClick={() => setLabelling(one)}>{t('archonts.place')}</Button>),
    },
  ];
  return (
    <Section title={t('archonts.devices')} action={waiting > 0 && <Tag tone="warn">{t('archonts.devicesWait', { count: waiting })}</Tag>}>
      {pages.isPending ? (
        <Loading rows={5} />
      ) : pages.isError && devices.length === 0 ? (
        <Failed why={pages.error} onRetry={() => void pages.refetch()} />
      ) : devices.length === 0 ? (
        <Empty title={t('archonts.noDevices')}>{t('archonts.noDevicesNext')}</Empty>
      ) : (
        <div className={classes.devices}>
          <VirtualTable label={t('archonts.devices')} rows={devices} idOf={(one) => one.id} columns={columns} more={{ has: pages.hasNextPage, loading: pages.isFetchingNextPage, failed: pages.isFetchNextPageError, load: () => void pages.fetchNextPage() }} />
        </div>
      )}
      {approving && <Confirm title={t('archonts.approveDevice', { serial: approving.serial })} verb={t('archonts.approve')} onDo={() => approve(approving)} onClose={() => setApproving(null)}>{t('archonts.approveMeans')}</Confirm>}
      {labelling && <DeviceLabel device={labelling} onDone={again} onClose={() => setLabelling(null)} />}
    </Section>
  );
}
