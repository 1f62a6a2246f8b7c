// Which column is what, and what holds for rows that do not say.
import { Select, Text, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Section } from '@/parts/section.tsx';
import classes from '../leads.module.css';
import { type Mapping, mappingMistakes, members } from './mapping.ts';

const zones = Intl.supportedValuesOf('timeZone');

interface MappingFormProps {
  header: readonly string[];
  mapping: Mapping;
  onChange: (mapping: Mapping) => void;
}

export function MappingForm({ header, mapping, onChange }: MappingFormProps) {
  const { t } = useTranslation();
  const wrong = mappingMistakes(mapping);
  const columns = [...new Set(header)].filter((name) => name !== '');
  const rest = columns.filter((name) => !members.some((member) => mapping.columns[member] === name));
  return (
    <Section title={t('leads.import.mapping')} note={t('leads.import.mappingNote')}>
      <div className={classes.mapping}>
        {members.map((member) => (
          <Select key={member} label={t(`leads.import.members.${member}`)} placeholder={t('leads.import.noColumn')} data={columns} clearable={member !== 'phone'} required={member === 'phone'} searchable={columns.length > 8} value={mapping.columns[member] || null} error={member === 'phone' && wrong.includes('noPhone') ? t('leads.import.mistakes.noPhone') : undefined} onChange={(name) => onChange({ ...mapping, columns: { ...mapping.columns, [member]: name ?? '' } })} />
        ))}
        <TextInput label={t('leads.import.region')} placeholder="RU" maxLength={2} value={mapping.region} error={wrong.includes('region') ? t('leads.import.mistakes.region') : undefined} onChange={(event) => onChange({ ...mapping, region: event.currentTarget.value.toUpperCase() })} />
        <Select label={t('leads.import.zoneDefault')} placeholder={t('leads.import.byNumber')} data={zones} searchable clearable limit={50} value={mapping.zone_default || null} error={wrong.includes('zone') ? t('leads.import.mistakes.zone') : undefined} onChange={(zone) => onChange({ ...mapping, zone_default: zone ?? '' })} />
        <TextInput label={t('leads.import.consentAll')} placeholder={t('leads.import.consentFrom')} maxLength={300} value={mapping.consent_all} error={wrong.includes('consentAll') ? t('leads.import.mistakes.consentAll') : undefined} onChange={(event) => onChange({ ...mapping, consent_all: event.currentTarget.value })} />
      </div>
      {wrong.includes('twice') && <Text size="sm" c="var(--mantine-color-error)" role="alert">{t('leads.import.mistakes.twice')}</Text>}
      {rest.length > 0 && <Text size="sm" c="var(--quiet)">{t('leads.import.kept', { columns: rest.join(', ') })}</Text>}
    </Section>
  );
}
