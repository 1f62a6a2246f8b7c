// The mistakes of the form in words, the server's own among them.
import { useTranslation } from 'react-i18next';
import { bounds, type Field, type Mistake } from './form.ts';

export function useMistakeWords(): (field: Field, mistake: Mistake) => string {
  const { t } = useTranslation();
  return (field, mistake) => (mistake === 'range' ? t('campaigns.mistakes.range', { ...bounds[field] }) : t(`campaigns.mistakes.${mistake}`));
}

export const fieldName = {
  name: 'campaigns.name', mode: 'campaigns.mode', purpose: 'campaigns.purpose', profile: 'campaigns.profile', flow: 'campaigns.flow', kinds: 'campaigns.kinds', hubs: 'campaigns.hubs', numbers: 'campaigns.numbers',
  trunks: 'campaigns.trunks', caller_id: 'campaigns.callerId', starts_at: 'campaigns.startsAt', ends_at: 'campaigns.endsAt', ring_seconds: 'campaigns.ring', max_call_seconds: 'campaigns.maxCall',
  calls_per_second: 'campaigns.cps', max_attempts: 'campaigns.maxAttempts', retry: 'campaigns.retry',
} as const satisfies Record<Field, string>;
