// What is dialled for, by whose rules, and what an answered lead hears.
import { SegmentedControl, Select, Stack, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useMay } from '@/api/me.ts';
import { useProblemWords } from '@/parts/states.tsx';
import classes from './campaigns.module.css';
import { flowsQuery, profilesQuery } from './choices.ts';
import type { CampaignForm } from './form.ts';
import { useProfileWords } from './profile-words.ts';
import type { StepProps } from './wizard.tsx';

const modes = ['ivr', 'progressive'] as const;
const purposes = ['service', 'survey', 'collection', 'advertising'] as const;

export function WhatStep({ form, change, wrong }: StepProps) {
  const { t } = useTranslation();
  const words = useProblemWords();
  const may = useMay();
  const profiles = useQuery({ ...profilesQuery, enabled: may('ottb.profile.read') });
  const flows = useQuery({ ...flowsQuery, enabled: may('ottb.flow.read') });
  const describe = useProfileWords();
  const named = (one: { id: string; name: string; version: number }) => ({ value: one.id, label: `${one.name} · ${t('campaigns.version', { version: one.version })}` });
  const profile = profiles.data?.find((one) => one.id === form.profile);
  return (
    <Stack gap="sm" maw={620}>
      <TextInput label={t('campaigns.name')} value={form.name} maxLength={100} required error={wrong('name')} data-autofocus onChange={(event) => change({ name: event.currentTarget.value })} />
      <div>
        <Text size="xs" fw={600} mb={4} id="campaign-mode">{t('campaigns.mode')}</Text>
        <SegmentedControl aria-labelledby="campaign-mode" value={form.mode} onChange={(mode) => change({ mode: mode as CampaignForm['mode'] })} data={modes.map((mode) => ({ value: mode, label: t(`campaigns.modes.${mode}`) }))} />
        <Text size="xs" c="var(--quiet)" mt={4}>{t(`campaigns.modeMeans.${form.mode}`)}</Text>
      </div>
      <Select label={t('campaigns.purpose')} value={form.purpose} allowDeselect={false} data={purposes.map((one) => ({ value: one, label: t(`campaigns.purposes.${one}`) }))} onChange={(purpose) => purpose && change({ purpose: purpose as CampaignForm['purpose'] })} />
      {form.mode === 'ivr' && (
        <Select label={t('campaigns.flow')} value={form.flow || null} required searchable data={(flows.data ?? []).map(named)} error={wrong('flow') ?? (flows.error ? words(flows.error) : undefined)} nothingFoundMessage={t('campaigns.noFlows')} onChange={(flow) => change({ flow: flow ?? '' })} />
      )}
      <Select label={t('campaigns.profile')} description={t('campaigns.profileUsual')} value={form.profile || null} clearable searchable data={(profiles.data ?? []).map(named)} error={wrong('profile') ?? (profiles.error ? words(profiles.error) : undefined)} onChange={(id) => change({ profile: id ?? '' })} />
      {profile && (
        <ul className={classes.list}>
          {describe(profile.document, form.purpose).map((line) => <li key={line}>{line}</li>)}
        </ul>
      )}
    </Stack>
  );
}
