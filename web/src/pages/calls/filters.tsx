// What of the calls is shown; every choice stands in the URL.
import { Select, TextInput } from '@mantine/core';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { outcomes, useOutcomeWord } from '@/parts/outcome.tsx';
import { useSettled } from '@/parts/use-settled.ts';
import { MomentInput } from '@/parts/wall-input.tsx';
import classes from './calls.module.css';
import { attemptStates, type CallsSearch, wholeSlot } from './search.ts';

interface FiltersProps {
  search: CallsSearch;
  campaigns: ReadonlyMap<string, string>;
  onChange: (more: CallsSearch) => void;
}

export function Filters({ search, campaigns, onChange }: FiltersProps) {
  const { t } = useTranslation();
  const outcome = useOutcomeWord();
  const history = search.tab === 'history';
  const listed = [...campaigns].map(([value, label]) => ({ value, label }));
  if (search.campaign && !campaigns.has(search.campaign)) listed.push({ value: search.campaign, label: `…${search.campaign.slice(-6)}` });
  const moment = (key: 'from' | 'to') => <MomentInput key={key} bare label={t(`calls.${key}`)} prefix={<span className={classes.prefix}>{t(`calls.${key}`)}</span>} at={search[key]} onMoment={(at) => onChange({ [key]: at })} />;
  const ofSlot = useCallback((text: string) => onChange({ slot: text || undefined }), [onChange]);
  const slot = useSettled(search.slot ?? '', ofSlot);
  const half = history && slot.text !== '' && !wholeSlot.test(slot.text);
  return (
    <div className={classes.filters} role="group" aria-label={t('leads.filters')}>
      <Select aria-label={t('leads.campaign')} placeholder={t('leads.campaign')} clearable searchable data={listed} value={search.campaign ?? null} onChange={(campaign) => onChange({ campaign: campaign ?? undefined })} />
      <TextInput aria-label={t('calls.slot')} placeholder={t('calls.slotFilter')} inputMode="numeric" maxLength={6} value={slot.text} error={half} onChange={(event) => slot.setText(event.currentTarget.value.replace(/^[^678]+|\D/g, ''))} />
      {history ? (
        <>
          <Select aria-label={t('calls.outcome')} placeholder={t('calls.outcome')} clearable data={outcomes.map((one) => ({ value: one, label: outcome(one) }))} value={search.outcome ?? null} onChange={(one) => onChange({ outcome: one ?? undefined })} />
          {moment('from')}
          {moment('to')}
        </>
      ) : (
        <Select aria-label={t('calls.state')} placeholder={t('calls.state')} clearable data={attemptStates.map((one) => ({ value: one, label: t(`calls.states.${one}`) }))} value={search.state ?? null} onChange={(one) => onChange({ state: one ?? undefined })} />
      )}
    </div>
  );
}
