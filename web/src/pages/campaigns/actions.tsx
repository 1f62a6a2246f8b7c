// Orders to a campaign: each is confirmed with what it means, and undone where that is possible.
import { Button, Group, Text, Tooltip } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconDroplet, IconPencil, IconPlayerPause, IconPlayerPlay, IconPlayerStop, IconUpload, type TablerIcon } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask } from '@/api/client.ts';
import { useMay } from '@/api/me.ts';
import { Confirm } from '@/parts/confirm.tsx';
import { say } from '@/parts/say.ts';
import { useDeeds } from '@/parts/shortcuts.ts';
import { useProblemWords } from '@/parts/states.tsx';
import type { CampaignView } from './rows.ts';
import { editable, possible, undoOf, type Verb } from './verbs.ts';

const icons: Record<Verb, TablerIcon> = { start: IconPlayerPlay, resume: IconPlayerPlay, pause: IconPlayerPause, drain: IconDroplet, stop: IconPlayerStop };
const keys: Record<Verb, string> = { start: 's', resume: 's', pause: 'p', drain: 'd', stop: 'x' };
const control = 'ottb.campaign.control';

function send(id: string, verb: Verb): Promise<CampaignView> {
  const how = { params: { path: { campaign: id } } };
  switch (verb) {
    case 'start':
      return ask(api.POST('/ottb/campaigns/{campaign}/start', how));
    case 'resume':
      return ask(api.POST('/ottb/campaigns/{campaign}/resume', how));
    case 'pause':
      return ask(api.POST('/ottb/campaigns/{campaign}/pause', how));
    case 'drain':
      return ask(api.POST('/ottb/campaigns/{campaign}/drain', how));
    case 'stop':
      return ask(api.POST('/ottb/campaigns/{campaign}/stop', how));
  }
}

export function CampaignActions({ view }: { view: CampaignView }) {
  const { t } = useTranslation();
  const may = useMay();
  const navigate = useNavigate();
  const words = useProblemWords();
  const queries = useQueryClient();
  const [asked, setAsked] = useState<Verb | null>(null);
  const { id, name, state } = view;
  const offered = possible(state);

  const give = async (verb: Verb, isUndo = false) => {
    const before = state;
    const after = await send(id, verb);
    queries.setQueryData(['campaign', id], after);
    void queries.invalidateQueries({ queryKey: ['campaigns'] });
    void queries.invalidateQueries({ queryKey: ['campaign', id] });
    const undo = isUndo ? undefined : undoOf(verb, before);
    const note = `campaign ${id} ${after.version}`;
    say({
      id: note,
      color: 'teal',
      autoClose: undo ? 10_000 : 6_000,
      message: (
        <Group justify="space-between">
          <Text size="sm">{t(`campaigns.did.${verb}`, { name })}</Text>
          {undo && <Button size="compact-xs" variant="light" onClick={() => { notifications.hide(note); give(undo, true).catch((why: unknown) => say({ color: 'red', message: words(why) })); }}>{t('parts.undo')}</Button>}
        </Group>
      ),
    });
  };
  const edit = () => void navigate({ to: '/campaigns/$id/edit', params: { id } });
  const importLeads = () => void navigate({ to: '/leads/import', search: { campaign: id } });
  const group = name;
  const allowed = may(control) ? offered : [];
  useDeeds([
    ...allowed.map((verb) => ({ id: `campaign ${verb}`, label: t(`campaigns.verbs.${verb}`), group, key: keys[verb], run: () => setAsked(verb) })),
    ...(may('ottb.campaign.write') && editable(state) ? [{ id: 'campaign edit', label: t('campaigns.edit'), group, key: 'e', run: edit }] : []),
    ...(may('ottb.lead.import') ? [{ id: 'campaign import', label: t('leads.import.do'), group, key: 'i', run: importLeads }] : []),
  ]);

  const button = (key: string, label: string, Icon: TablerIcon, permission: string, run: () => void, looks: 'main' | 'danger' | 'default') => {
    const plain = <Button key={key} variant={looks === 'main' ? 'filled' : looks === 'danger' ? 'light' : 'default'} color={looks === 'danger' ? 'red' : undefined} leftSection={<Icon size={15} aria-hidden />} disabled={!may(permission)} onClick={run}>{label}</Button>;
    return may(permission) ? plain : <Tooltip key={key} label={t('parts.needs', { permission })}><span>{plain}</span></Tooltip>;
  };
  return (
    <Group gap={6}>
      {offered.map((verb) => button(verb, t(`campaigns.verbs.${verb}`), icons[verb], control, () => setAsked(verb), verb === 'start' || verb === 'resume' ? 'main' : verb === 'stop' ? 'danger' : 'default'))}
      {button('import', t('leads.import.do'), IconUpload, 'ottb.lead.import', importLeads, 'default')}
      {editable(state) && button('edit', t('campaigns.edit'), IconPencil, 'ottb.campaign.write', edit, 'default')}
      {asked && (
        <Confirm title={`${t(`campaigns.verbs.${asked}`)}: ${name}`} verb={t(`campaigns.verbs.${asked}`)} danger={asked === 'stop'} typed={asked === 'stop' ? name : undefined} onDo={() => give(asked)} onClose={() => setAsked(null)}>
          {t(`campaigns.means.${asked}`)}
        </Confirm>
      )}
    </Group>
  );
}
