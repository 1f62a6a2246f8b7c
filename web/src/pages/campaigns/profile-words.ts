// A compliance profile in words: when, how often, whom.
import { useTranslation } from 'react-i18next';
import type { Schemas } from '@/api/client.ts';

export function useProfileWords(): (document: Schemas['profile_document'], purpose: string) => string[] {
  const { t } = useTranslation();
  return (document, purpose) => {
    const windows = document.windows ?? [];
    const day = (name: string) => t(`campaigns.days.${name as 'mon'}`, { defaultValue: name });
    const lines = windows.length > 0 ? windows.map((one) => t('campaigns.rules.window', { days: one.days.map(day).join(', '), from: one.from, to: one.to })) : [t('campaigns.rules.noWindows')];
    for (const cap of document.caps ?? []) lines.push(t('campaigns.rules.cap', { most: cap.most, hours: cap.hours }));
    if (document.consent_required) lines.push(t('campaigns.rules.consent'));
    if ((document.countries ?? []).length > 0) lines.push(t('campaigns.rules.countries', { countries: document.countries!.join(', ') }));
    if (purpose === 'advertising' && !document.machine_advertising) lines.push(t('campaigns.rules.advertising'));
    return lines;
  };
}
