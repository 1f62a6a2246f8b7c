// Where a device stands: the label on its shelf and the port of its hub.
import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask, type Schemas } from '@/api/client.ts';
import { askTagged } from '@/api/tagged.ts';
import { Confirm } from '@/parts/confirm.tsx';

export function DeviceLabel({ device, onDone, onClose }: { device: Schemas['device_view']; onDone: () => void; onClose: () => void }) {
  const { t } = useTranslation();
  const [shelf, setShelf] = useState(device.shelf_label ?? '');
  const [port, setPort] = useState(device.hub_port ?? '');
  const save = async () => {
    const path = { device: device.id };
    const { tag } = await askTagged(api.GET('/ottb/devices/{device}', { params: { path } }));
    await ask(api.PATCH('/ottb/devices/{device}', { params: { path, header: { 'If-Match': tag } }, body: { ...(shelf ? { shelf_label: shelf } : {}), ...(port ? { hub_port: port } : {}) } }));
    onDone();
  };
  return (
    <Confirm title={t('archonts.placeOf', { serial: device.serial })} verb={t('archonts.save')} onDo={save} onClose={onClose}>
      <TextInput label={t('slot.shelf')} value={shelf} onChange={(e) => setShelf(e.currentTarget.value)} maxLength={100} data-autofocus />
      <TextInput mt="xs" label={t('archonts.port')} value={port} onChange={(e) => setPort(e.currentTarget.value)} maxLength={50} />
    </Confirm>
  );
}
