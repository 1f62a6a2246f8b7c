// When, how fast, how long, how often.
import { NumberInput, SimpleGrid, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useOutcomeWord } from '@/parts/outcome.tsx';
import { siteZone } from '@/parts/time.tsx';
import { WallInput } from '@/parts/wall-input.tsx';
import classes from './campaigns.module.css';
import { fieldName } from './field-words.ts';
import { bounds, retryOutcomes, usualRetry } from './form.ts';
import type { StepProps } from './wizard.tsx';

const numbers = ['calls_per_second', 'max_attempts', 'ring_seconds', 'max_call_seconds'] as const;

export function WhenStep({ form, change, wrong }: StepProps) {
  const { t } = useTranslation();
  const outcome = useOutcomeWord();
  return (
    <Stack gap="sm" maw={620}>
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
        <WallInput label={t('campaigns.startsAt')} description={t('campaigns.zoneNote', { zone: siteZone })} value={form.starts_at} error={wrong('starts_at')} onChange={(starts_at) => change({ starts_at })} />
        <WallInput label={t('campaigns.endsAt')} description={t('campaigns.zoneNote', { zone: siteZone })} value={form.ends_at} error={wrong('ends_at')} onChange={(ends_at) => change({ ends_at })} />
        {numbers.map((field) => (
          <NumberInput key={field} size="xs" label={t(fieldName[field])} description={t(field.endsWith('seconds') ? 'campaigns.boundsSeconds' : 'campaigns.bounds', { ...bounds[field] })} value={form[field]} allowDecimal={false} clampBehavior="none" required error={wrong(field)} onChange={(value) => change({ [field]: value })} />
        ))}
      </SimpleGrid>
      <fieldset className={classes.fieldset}>
        <legend>{t('campaigns.retry')}</legend>
        <Text size="xs" c="var(--quiet)" mb={8}>{t('campaigns.retryNote')}</Text>
        <SimpleGrid cols={{ base: 2, xs: 3 }} spacing="sm">
          {retryOutcomes.map((one) => (
            <NumberInput key={one} size="xs" label={outcome(one)} placeholder={String(usualRetry[one])} suffix={` ${t('campaigns.minutes')}`} min={-1} clampBehavior="none" value={form.retry[one] ?? ''} onChange={(value) => change({ retry: { ...form.retry, [one]: value } })} />
          ))}
        </SimpleGrid>
        {wrong('retry') && <Text size="xs" c="var(--mantine-color-error)" mt={6} role="alert">{wrong('retry')}</Text>}
      </fieldset>
    </Stack>
  );
}
