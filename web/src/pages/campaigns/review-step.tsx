// The last look before it is saved.
import { Alert, Button, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Fact, Facts } from '@/parts/facts.tsx';
import { fieldName } from './field-words.ts';
import { useFieldValue } from './field-value.ts';
import { type CampaignForm, type Field, stepOf, steps } from './form.ts';

export function ReviewStep({ form, bad, onStep }: { form: CampaignForm; bad: Field[]; onStep: (step: number) => void }) {
  const { t } = useTranslation();
  const value = useFieldValue();
  return (
    <Stack gap="sm">
      {bad.length > 0 && (
        <Alert color="red">
          {t('campaigns.unfinished')}{' '}
          {bad.map((field) => <Button key={field} size="compact-xs" variant="subtle" onClick={() => onStep(stepOf(field))}>{t(fieldName[field])}</Button>)}
        </Alert>
      )}
      <Facts>
        {steps.flat().filter((field) => field !== 'flow' || form.mode === 'ivr').map((field) => <Fact key={field} name={t(fieldName[field])}>{value(field, form)}</Fact>)}
      </Facts>
    </Stack>
  );
}
