// Ends a call under way, with a reason.
import { ActionIcon, Button } from '@mantine/core';
import { IconPhoneOff } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { follow, permissionOf } from '@/api/commands.ts';
import { api, ask } from '@/api/client.ts';
import { useMay } from '@/api/me.ts';
import { Confirm } from '@/parts/confirm.tsx';
import { say } from '@/parts/say.ts';
import { useDeeds } from '@/parts/shortcuts.ts';

interface HangupProps {
  id: string;
  slot: string;
  small?: boolean; // in a list
}

export function Hangup({ id, slot, small = false }: HangupProps) {
  const { t } = useTranslation();
  const permission = permissionOf('hangup');
  const may = useMay()(permission);
  const queries = useQueryClient();
  const [asked, setAsked] = useState(false);
  useDeeds(may && !small ? [{ id: 'call hangup', label: t('calls.hangup'), group: t('calls.title'), key: 'x', run: () => setAsked(true) }] : []);
  const end = async (reason: string) => {
    // The call, not the slot: by now the slot may be in another one.
    const command = await follow(ask(api.POST('/ottb/attempts/{attempt}/hangup', { params: { path: { attempt: id } }, body: { reason } })));
    const said = command.ok === false ? t('slot.refused', { verb: t('calls.hangup'), why: command.message ?? '' }) : command.done_at ? t('calls.hungUp', { slot }) : t('slot.sent', { verb: t('calls.hangup') });
    say({ color: command.ok === false ? 'red' : command.done_at ? 'teal' : 'yellow', message: said });
    void queries.invalidateQueries({ queryKey: ['call', id] });
  };
  const label = t('calls.hangupOn', { slot });
  const title = may ? label : t('parts.needs', { permission });
  return (
    <>
      {small ? (
        <ActionIcon color="red" aria-label={label} title={title} disabled={!may} onClick={() => setAsked(true)} onKeyDown={(event) => event.stopPropagation()}><IconPhoneOff size={15} aria-hidden /></ActionIcon>
      ) : (
        <Button variant="light" color="red" leftSection={<IconPhoneOff size={15} aria-hidden />} disabled={!may} title={title} onClick={() => setAsked(true)}>{t('calls.hangup')}</Button>
      )}
      {asked && <Confirm title={label} verb={t('calls.hangup')} danger reason onDo={end} onClose={() => setAsked(false)}>{t('calls.hangupText')}</Confirm>}
    </>
  );
}
