// A field of the form as people read it.
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useMay } from '@/api/me.ts';
import { useOutcomeWord } from '@/parts/outcome.tsx';
import { flowsQuery, profilesQuery } from './choices.ts';
import { type CampaignForm, type Field, numbersOf } from './form.ts';
import { useSpan } from './span.ts';

export function useFieldValue(): (field: Field, form: CampaignForm) => string {
  const { t } = useTranslation();
  const span = useSpan();
  const outcome = useOutcomeWord();
  const may = useMay();
  const profiles = useQuery({ ...profilesQuery, enabled: may('ottb.profile.read') });
  const flows = useQuery({ ...flowsQuery, enabled: may('ottb.flow.read') });
  const named = (items: { id: string; name: string; version: number }[] | undefined, id: string) => {
    const found = items?.find((one) => one.id === id);
    return found ? `${found.name} · ${t('campaigns.version', { version: found.version })}` : id;
  };
  return (field, form) => {
    switch (field) {
      case 'mode':
        return t(`campaigns.modes.${form.mode}`);
      case 'purpose':
        return t(`campaigns.purposes.${form.purpose}`);
      case 'profile':
        return form.profile ? named(profiles.data, form.profile) : t('campaigns.profileStrict');
      case 'flow':
        return form.flow ? named(flows.data, form.flow) : '—';
      case 'kinds':
        return form.kinds.join(', ') || t('campaigns.anyKind');
      case 'hubs':
        return form.hubs.join(', ') || t('campaigns.anyHub');
      case 'numbers':
        return numbersOf(form.numbers).join(', ') || t('campaigns.anyNumber');
      case 'trunks':
        return form.trunks.join(', ') || t('campaigns.anyTrunk');
      case 'starts_at':
        return form.starts_at.replace('T', ' ') || t('campaigns.whenStarted');
      case 'ends_at':
        return form.ends_at.replace('T', ' ') || t('campaigns.whenDone');
      case 'ring_seconds':
      case 'max_call_seconds':
        return typeof form[field] === 'number' ? span(form[field]) : '—';
      case 'retry': {
        const given = Object.entries(form.retry).filter(([, minutes]) => typeof minutes === 'number') as [string, number][];
        return given.map(([key, minutes]) => `${outcome(key)}: ${minutes < 0 ? t('campaigns.never') : span(minutes * 60)}`).join('; ') || t('campaigns.retryUsual');
      }
      default:
        return String(form[field]) || '—';
    }
  };
}
