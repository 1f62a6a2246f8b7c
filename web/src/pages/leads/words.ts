// Codes of a lead in words.
import { useTranslation } from 'react-i18next';
import type { LeadState, Refusal } from './search.ts';

export function useLeadWords() {
  const { t } = useTranslation();
  return {
    state: (state: string) => t(`leads.states.${state as LeadState}`, { defaultValue: state }),
    refusal: (refusal: string) => t(`refusals.${refusal as Refusal}`, { defaultValue: refusal }),
  };
}
