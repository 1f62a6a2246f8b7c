// A new campaign.
import { Stack } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask } from '@/api/client.ts';
import { Back } from '@/parts/back.tsx';
import { PageHead } from '@/parts/section.tsx';
import { siteZone } from '@/parts/time.tsx';
import { useDraft } from './draft.ts';
import { emptyForm, inputOf } from './form.ts';
import { Restored } from './restored.tsx';
import { Wizard } from './wizard.tsx';

const begin = { form: emptyForm, version: 0 };

export function NewCampaignPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const { step } = useSearch({ from: '/inside/frame/campaigns/new' });
  const { draft, change, forget, restored, anew } = useDraft('new', begin);
  const onStep = useCallback((to: number, replace = false) => void navigate({ to: '/campaigns/new', search: to === 0 ? {} : { step: String(to + 1) }, replace }), [navigate]);
  const save = async () => {
    const made = await ask(api.POST('/ottb/campaigns', { body: inputOf(draft.form, siteZone) }));
    forget();
    void queries.invalidateQueries({ queryKey: ['campaigns'] });
    await navigate({ to: '/campaigns/$id', params: { id: made.id }, replace: true });
  };
  const leave = () => {
    forget();
    void navigate({ to: '/campaigns' });
  };
  return (
    <Stack p="sm" gap="sm">
      <Back to="/campaigns">{t('campaigns.title')}</Back>
      <PageHead title={t('campaigns.new')} />
      <Wizard form={draft.form} step={Number(step ?? 1) - 1} verb={t('campaigns.create')} change={change} onStep={onStep} onSave={save} onLeave={leave}>
        {restored && <Restored onAnew={anew} />}
      </Wizard>
    </Stack>
  );
}
