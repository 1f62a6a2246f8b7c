// Through which slots and trunks, and which number people see.
import { Checkbox, Group, MultiSelect, Select, Stack, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, ask } from '@/api/client.ts';
import { useMay } from '@/api/me.ts';
import { Notice } from '@/parts/notice.tsx';
import { useProblemWords } from '@/parts/states.tsx';
import { callersQuery } from './choices.ts';
import { kinds, numbersOf } from './form.ts';
import type { StepProps } from './wizard.tsx';

export function WhoStep({ form, change, wrong }: StepProps) {
  const { t } = useTranslation();
  const words = useProblemWords();
  const may = useMay();
  const callers = useQuery({ ...callersQuery, enabled: may('ottb.caller.read') });
  const hubs = useQuery({ queryKey: ['hubs', 'choice'], enabled: may('ottb.hub.read'), staleTime: 60_000, queryFn: ({ signal }) => ask(api.GET('/ottb/hubs', { params: { query: { limit: '500' } }, signal })) });
  const trunks = useQuery({ queryKey: ['trunks', 'choice'], enabled: may('ottb.trunk.read'), staleTime: 60_000, queryFn: ({ signal }) => ask(api.GET('/ottb/trunks', { params: { query: { limit: '500' } }, signal })) });
  const hubNames = [...new Set([...(hubs.data?.items.map((hub) => hub.label) ?? []), ...form.hubs])];
  const trunkChoices = (trunks.data?.items ?? []).map((trunk) => ({ value: String(trunk.id), label: `${trunk.name}${trunk.enabled ? '' : ` · ${t('campaigns.trunkOff')}`}` }));
  for (const id of form.trunks) if (!trunkChoices.some((one) => one.value === id)) trunkChoices.push({ value: id, label: id });
  const caller = callers.data?.find((one) => one.number === form.caller_id);
  const everything = form.kinds.length + form.hubs.length + numbersOf(form.numbers).length === 0;
  return (
    <Stack gap="sm" maw={620}>
      <Checkbox.Group size="xs" label={t('campaigns.kinds')} description={t(everything ? 'campaigns.allSlotsNote' : 'campaigns.someSlotsNote')} value={form.kinds} onChange={(chosen) => change({ kinds: chosen })}>
        <Group gap="md" mt={6}>{kinds.map((kind) => <Checkbox key={kind} value={kind} label={t(`kinds.${kind}`)} />)}</Group>
      </Checkbox.Group>
      <MultiSelect label={t('campaigns.hubs')} placeholder={form.hubs.length === 0 ? t('campaigns.anyHub') : undefined} data={hubNames} value={form.hubs} searchable clearable onChange={(chosen) => change({ hubs: chosen })} error={wrong('hubs')} />
      <TextInput label={t('campaigns.numbers')} placeholder="7001, 7002, 7010" value={form.numbers} error={wrong('numbers')} onChange={(event) => change({ numbers: event.currentTarget.value })} />
      <Select label={t('campaigns.callerId')} description={t('campaigns.callerNote')} value={form.caller_id || null} required searchable error={wrong('caller_id') ?? (callers.error ? words(callers.error) : undefined)} nothingFoundMessage={t('campaigns.noCallers')} data={(callers.data ?? []).map((one) => ({ value: one.number, label: one.number, disabled: !one.enabled }))} onChange={(number) => change({ caller_id: number ?? '' })} />
      {caller && !caller.verified_at && <Notice>{t('campaigns.callerUnproven')}</Notice>}
      <MultiSelect label={t('campaigns.trunks')} placeholder={form.trunks.length === 0 ? t('campaigns.anyTrunk') : undefined} data={trunkChoices} value={form.trunks} clearable onChange={(chosen) => change({ trunks: chosen })} error={wrong('trunks')} />
    </Stack>
  );
}
