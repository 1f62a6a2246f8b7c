// What of the leads is shown. Every choice stands in the URL.
import { Button, Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { outcomes, useOutcomeWord } from '@/parts/outcome.tsx';
import classes from './leads.module.css';
import { leadStates, type LeadsSearch, refusals } from './search.ts';
import { useLeadWords } from './words.ts';

interface FiltersProps {
  search: LeadsSearch;
  campaigns: readonly { id: string; name: string }[];
  onChange: (more: LeadsSearch) => void;
}

export function Filters({ search, campaigns, onChange }: FiltersProps) {
  const { t } = useTranslation();
  const words = useLeadWords();
  const outcome = useOutcomeWord();
  const pick = (key: keyof LeadsSearch, label: string, data: { value: string; label: string }[]) => (
    <Select key={key} aria-label={label} placeholder={label} clearable searchable={data.length > 8} data={data} value={search[key] ?? null} onChange={(value) => onChange({ [key]: value ?? undefined })} comboboxProps={{ width: 'max-content', position: 'bottom-start' }} />
  );
  const listed = campaigns.map((one) => ({ value: one.id, label: one.name }));
  if (search.campaign && !campaigns.some((one) => one.id === search.campaign)) listed.push({ value: search.campaign, label: `…${search.campaign.slice(-6)}` });
  return (
    <div className={classes.filters} role="group" aria-label={t('leads.filters')}>
      {pick('campaign', t('leads.campaign'), listed)}
      {pick('state', t('leads.state'), leadStates.map((one) => ({ value: one, label: words.state(one) })))}
      {pick('outcome', t('leads.outcome'), outcomes.map((one) => ({ value: one, label: outcome(one) })))}
      {pick('refusal', t('leads.refusal'), refusals.map((one) => ({ value: one, label: words.refusal(one) })))}
      {search.import && <Button variant="light" onClick={() => onChange({ import: undefined })}>{t('leads.oneImport')} ×</Button>}
    </div>
  );
}
