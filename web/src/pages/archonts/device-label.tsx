// Where a device stands: the label on its shelf and the port of its hub.
import { TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask, type Schemas } from '@/api/client.ts';
import { askTagged } from '@/api/tagged.ts';
import { Confirm } from '@/parts/confirm.tsx';
import { Failed } from '@/parts/states.tsx';

export function DeviceLabel({ device, onDone, onClose }: { device: Schemas['device_view']; onDone: () => void; onClose: () => void }) {
  const { t } = useTranslation();
  const [shelf, setShelf] = useState(device.shelf_label ?? '');
  const [port, setPort] = useState(device.hub_port ?? '');
  const path = { device: device.id };
  // The version that stands when one begins to write goes along, so that nobody's newer label is lost.
  const known = useQuery({ queryKey: ['device', device.id, 'written'], gcTime: 0, staleTime: Infinity, queryFn: ({ signal }) => askTagged(api.GET('/ottb/devices/{device}', { params: { path }, signal })) });
  const emptied = (text: string, before: string | undefined): boolean => Boolean(before) && text.trim() === '';
  const [noShelf, noPort] = [emptied(shelf, device.shelf_label), emptied(port, device.hub_port)];
  const save = async () => {
    await ask(api.PATCH('/ottb/devices/{device}', { params: { path, header: { 'If-Match': known.data!.tag } }, body: { ...(shelf.trim() ? { shelf_label: shelf.trim() } : {}), ...(port.trim() ? { hub_port: port.trim() } : {}) } }));
    onDone();
  };
  return (
    <Confirm title={t('archonts.placeOf', { serial: device.serial })} verb={t('archonts.save')} ready={known.data !== undefined && !noShelf && !noPort} onDo={save} onClose={onClose}>
      {known.isError && <Failed why={known.error} onRetry={() => void known.refetch()} />}
      <TextInput label={t('slot.shelf')} value={shelf} error={noShelf && t('archonts.placeNeeded')} onChange={(e) => setShelf(e.currentTarget.value)} maxLength={100} data-autofocus />
      <TextInput mt="xs" label={t('archonts.port')} value={port} error={noPort && t('archonts.placeNeeded')} onChange={(e) => setPort(e.currentTarget.value)} maxLength={50} />
    </Confirm>
  );
}
