// What is done with a hub: reversible orders with an undo, slots, a new token, and the end of its identity.
import { Button, Group, NumberInput, Text, Tooltip } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconCheck, IconKey, IconLock, IconLockOpen, IconPlayerPause, IconPlayerPlay, IconPlugX, IconPlus, type TablerIcon } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { allPages } from '@/api/all-pages.ts';
import { api, ask, type Schemas } from '@/api/client.ts';
import { useMay } from '@/api/me.ts';
import { Confirm } from '@/parts/confirm.tsx';
import { say } from '@/parts/say.ts';
import { useDeeds } from '@/parts/shortcuts.ts';
import { Failed, Loading, useProblemWords } from '@/parts/states.tsx';
import { EnrolDialog } from './enrol-dialog.tsx';
import { type HubDeed, hubDeeds, hubPermission, type HubVerb, hubVerbs, undoOfHub } from './hub-deeds.ts';
import type { HubRow } from './hub-row.ts';

const icons: Record<HubDeed, TablerIcon> = { drain: IconPlayerPause, undrain: IconPlayerPlay, lock: IconLock, unlock: IconLockOpen, approve: IconCheck, slots: IconPlus, token: IconKey, revoke: IconPlugX };
const keys: Partial<Record<HubDeed, string>> = { drain: 'd', undrain: 'd', lock: 'l', unlock: 'l', slots: 's', approve: 's' };

const order = (hub: string, verb: HubVerb, reason: string): Promise<unknown> => {
  const how = { params: { path: { hub } }, body: { reason } };
  switch (verb) {
    case 'drain':
      return ask(api.POST('/ottb/hubs/{hub}/drain', how));
    case 'undrain':
      return ask(api.POST('/ottb/hubs/{hub}/undrain', how));
    case 'lock':
      return ask(api.POST('/ottb/hubs/{hub}/lock', how));
    case 'unlock':
      return ask(api.POST('/ottb/hubs/{hub}/unlock', how));
  }
};

/** How many virtual slots the hub has: its phones are slots too, and none of these. */
const virtualSlots = async (hub: string, signal: AbortSignal): Promise<number> =>
  (await allPages((after) => ask(api.GET('/ottb/slots', { params: { query: { q: `hub:${hub} is:virtual`, limit: '500', ...after } }, signal })))).length;

const isVerb = (deed: HubDeed): deed is HubVerb => (hubVerbs as readonly string[]).includes(deed);

export function HubActions({ row, onDone }: { row: HubRow; onDone: () => unknown }) {
  const { t } = useTranslation();
  const may = useMay();
  const words = useProblemWords();
  const [asked, setAsked] = useState<HubDeed | null>(null);
  const [typed, setTyped] = useState<number | null>(null);
  const counted = useQuery({ queryKey: ['hub', row.id, 'virtual'], enabled: asked === 'slots', gcTime: 0, queryFn: ({ signal }) => virtualSlots(row.label, signal) });
  // What the hub has is the least it can be asked to have; for a new one, whatever is typed.
  const least = asked === 'slots' ? counted.data : 0;
  const slots = Math.max(typed ?? 0, least ?? 0);
  const close = () => {
    setAsked(null);
    setTyped(null);
  };
  const deeds = hubDeeds(row);

  const did = (verb: HubVerb, undo?: () => void) => {
    void onDone();
    const id = `${row.id} ${verb}`;
    say({
      id, color: 'teal', autoClose: undo ? 10_000 : 6_000,
      message: (
        <Group justify="space-between">
          <Text size="sm">{t('archonts.did', { verb: t(`archonts.verbs.${verb}`), label: row.label })}</Text>
          {undo && <Button size="compact-xs" variant="light" onClick={() => { notifications.hide(id); undo(); }}>{t('parts.undo')}</Button>}
        </Group>
      ),
    });
  };
  const give = async (verb: HubVerb, reason: string) => {
    await order(row.id, verb, reason);
    const back = undoOfHub[verb];
    did(verb, () => void order(row.id, back, t('slot.undone', { reason })).then(() => did(back), (why: unknown) => say({ color: 'red', message: words(why) })));
  };
  const giveSlots = async () => {
    if (row.approved) {
      const { made } = await ask(api.POST('/ottb/hubs/{hub}/slots', { params: { path: { hub: row.id } }, body: { virtual_slots: slots } }));
      say({ color: 'teal', message: made.length > 0 ? t('archonts.slotsMade', { count: made.length, from: made[0]!, to: made.at(-1)! }) : t('archonts.slotsNone') });
    } else {
      const body: Schemas['hub_input'] = { id: row.id, label: row.label, kind: row.kind, virtual_slots: slots };
      await ask(api.POST('/ottb/hubs', { body }));
      say({ color: 'teal', message: t('archonts.approved', { label: row.label }) });
    }
    void onDone();
  };
  const revoke = async (reason: string) => {
    await ask(api.POST('/point/archonts/{archont}/revoke', { params: { path: { archont: row.id } }, body: { reason } }));
    void onDone();
  };

  useDeeds(deeds.filter((deed) => may(hubPermission[deed])).map((deed) => ({ id: `hub ${deed}`, label: `${t(`archonts.verbs.${deed}`)}: ${row.label}`, group: row.label, key: keys[deed], run: () => setAsked(deed) })));
  const title = asked && `${t(`archonts.verbs.${asked}`)}: ${row.label}`;
  return (
    <Group gap={6}>
      {deeds.map((deed) => {
        const Icon = icons[deed];
        const danger = deed === 'revoke';
        const button = <Button key={deed} variant={danger ? 'light' : 'default'} color={danger ? 'red' : undefined} leftSection={<Icon size={15} aria-hidden />} disabled={!may(hubPermission[deed])} onClick={() => setAsked(deed)}>{t(`archonts.verbs.${deed}`)}</Button>;
        return may(hubPermission[deed]) ? button : <Tooltip key={deed} label={t('parts.needs', { permission: hubPermission[deed] })}><span>{button}</span></Tooltip>;
      })}
      {asked && isVerb(asked) && <Confirm title={title!} verb={t(`archonts.verbs.${asked}`)} reason danger={asked === 'lock'} onDo={(reason) => give(asked, reason)} onClose={close}>{t(`archonts.means.${asked}`)}</Confirm>}
      {(asked === 'slots' || asked === 'approve') && (
        <Confirm title={title!} verb={t(`archonts.verbs.${asked}`)} ready={least !== undefined} onDo={giveSlots} onClose={close}>
          {t(`archonts.means.${asked}`)}
          {least === undefined ? (
            counted.isError ? <Failed why={counted.error} onRetry={() => void counted.refetch()} /> : <Loading rows={1} />
          ) : (
            <NumberInput mt="xs" label={t('archonts.virtual')} value={typed ?? least} onChange={(value) => setTyped(Number(value) || 0)} min={least} max={2000} allowDecimal={false} />
          )}
        </Confirm>
      )}
      {asked === 'revoke' && <Confirm title={title!} verb={t('archonts.verbs.revoke')} danger reason typed={row.label} onDo={revoke} onClose={close}>{t('archonts.means.revoke')}</Confirm>}
      {asked === 'token' && <EnrolDialog label={row.label} kind={row.kind} onClose={close} />}
    </Group>
  );
}
