// Orders to the slot: each with its reason, its answer, and an undo where there is one.
import { Button, Group, Text, Tooltip } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { IconFirstAidKit, IconLock, IconLockOpen, IconPhoneOff, IconPhoneOutgoing, IconPlayerPause, IconPlayerPlay, IconStethoscope, type TablerIcon } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Command, dial, order, permissionOf, type ReasonVerb } from '@/api/commands.ts';
import { useMay } from '@/api/me.ts';
import { Confirm } from '@/parts/confirm.tsx';
import { say } from '@/parts/say.ts';
import { useDeeds } from '@/parts/shortcuts.ts';
import { useProblemWords } from '@/parts/states.tsx';
import { dangerous, possible, undoOf } from './deeds.ts';
import type { SlotView } from './use-slot.ts';

const icons: Record<ReasonVerb, TablerIcon> = {
  drain: IconPlayerPause, undrain: IconPlayerPlay, lock: IconLock, unlock: IconLockOpen, recover: IconStethoscope, clear: IconFirstAidKit, hangup: IconPhoneOff,
};
const keys: Partial<Record<ReasonVerb, string>> = { drain: 'd', undrain: 'd', lock: 'l', unlock: 'l', recover: 'r', clear: 'r' };
const testService = '1001';

export function Actions({ slot }: { slot: SlotView }) {
  const { t } = useTranslation();
  const may = useMay();
  const words = useProblemWords();
  const queries = useQueryClient();
  const [asked, setAsked] = useState<ReasonVerb | null>(null);
  const [dialling, setDialling] = useState(false);
  const { number } = slot;
  const { verbs, dial: canDial } = possible(slot);

  const answered = (verb: ReasonVerb | 'dial', command: Command, undo?: () => void) => {
      void queries.invalidateQueries({ queryKey: ['slot', number] });
      const word = t(`slot.verbs.${verb}`);
      const id = `${number} ${command.id}`;
      const said = command.ok === false ? t('slot.refused', { verb: word, why: command.message ?? '' }) : command.done_at ? t('slot.did', { verb: word, number }) : t('slot.sent', { verb: word });
      say({
        id,
        color: command.ok === false ? 'red' : command.done_at ? 'teal' : 'yellow',
        autoClose: undo ? 10_000 : 6_000,
        message: (
          <Group justify="space-between">
            <Text size="sm">{said}</Text>
            {undo && command.ok !== false && <Button size="compact-xs" variant="light" onClick={() => { notifications.hide(id); undo(); }}>{t('parts.undo')}</Button>}
          </Group>
        ),
      });
  };
  const give = async (verb: ReasonVerb, reason: string) => {
    const undo = undoOf[verb];
    const command = await order(number, verb, reason);
    answered(verb, command, undo && (() => void order(number, undo, t('slot.undone', { reason })).then((one) => answered(undo, one), (why: unknown) => say({ color: 'red', message: words(why) }))));
  };

  const allowed = verbs.filter((verb) => may(permissionOf(verb)));
  useDeeds(
    allowed.map((verb) => ({ id: `slot ${verb}`, label: `${t(`slot.verbs.${verb}`)} ${number}`, group: t('slot.title', { number }), key: keys[verb], run: () => setAsked(verb) })),
  );

  const button = (key: string, label: string, Icon: TablerIcon, permission: string, run: () => void, danger = false) => {
    const plain = <Button key={key} variant={danger ? 'light' : 'default'} color={danger ? 'red' : undefined} leftSection={<Icon size={15} aria-hidden />} disabled={!may(permission)} onClick={run}>{label}</Button>;
    return may(permission) ? plain : <Tooltip key={key} label={t('parts.needs', { permission })}><span>{plain}</span></Tooltip>;
  };
  return (
    <Group gap={6}>
      {verbs.map((verb) => button(verb, t(`slot.verbs.${verb}`), icons[verb], permissionOf(verb), () => setAsked(verb), dangerous(verb)))}
      {canDial && button('dial', t('slot.verbs.dial'), IconPhoneOutgoing, 'ottb.slot.test', () => setDialling(true))}
      {asked && (
        <Confirm title={`${t(`slot.verbs.${asked}`)}: ${number}`} verb={t(`slot.verbs.${asked}`)} reason danger={dangerous(asked)} onDo={(reason) => give(asked, reason)} onClose={() => setAsked(null)}>
          {t(`slot.means.${asked}`)}
        </Confirm>
      )}
      {dialling && (
        <Confirm title={t('slot.verbs.dial')} verb={t('slot.verbs.dial')} onDo={async () => answered('dial', await dial(number, testService))} onClose={() => setDialling(false)}>
          {t('slot.means.dial', { to: testService })}
        </Confirm>
      )}
    </Group>
  );
}
