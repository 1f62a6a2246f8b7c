// Changing a campaign. Somebody else may change it meanwhile: then both versions are shown, and a person decides.
import { Stack } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask } from '@/api/client.ts';
import { Problem } from '@/api/problem.ts';
import { Back } from '@/parts/back.tsx';
import { Notice } from '@/parts/notice.tsx';
import { PageHead } from '@/parts/section.tsx';
import { Failed, Loading } from '@/parts/states.tsx';
import { siteZone } from '@/parts/time.tsx';
import { Conflict } from './conflict.tsx';
import { useDraft } from './draft.ts';
import { formOf, inputOf } from './form.ts';
import { Restored } from './restored.tsx';
import type { CampaignView } from './rows.ts';
import { editable } from './verbs.ts';
import { Wizard } from './wizard.tsx';

function Edit({ view }: { view: CampaignView }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const { step } = useSearch({ from: '/inside/frame/campaigns/$id/edit' });
  const { id } = view;
  const { draft, set, change, forget, restored, anew } = useDraft(id, { form: formOf(view, siteZone), version: view.version });
  const [theirs, setTheirs] = useState<CampaignView | null>(draft.version === view.version ? null : view); // an old draft is held against what stands now
  const onStep = useCallback((to: number, replace = false) => void navigate({ to: '/campaigns/$id/edit', params: { id }, search: to === 0 ? {} : { step: String(to + 1) }, replace }), [navigate, id]);
  const how = { params: { path: { campaign: id } } };

  const done = async (after: CampaignView) => {
    forget();
    queries.setQueryData(['campaign', id], after);
    void queries.invalidateQueries({ queryKey: ['campaigns'] });
    await navigate({ to: '/campaigns/$id', params: { id } });
  };
  const put = async (version: number) => {
    try {
      const after = await ask(api.PUT('/ottb/campaigns/{campaign}', { params: { path: { campaign: id }, header: { 'If-Match': `"${version}"` } }, body: inputOf(draft.form, siteZone) }));
      await done(after);
    } catch (why) {
      if (!(why instanceof Problem) || why.status !== 412) throw why;
      setTheirs(await ask(api.GET('/ottb/campaigns/{campaign}', how)));
    }
  };
  const leave = () => {
    forget();
    void navigate({ to: '/campaigns/$id', params: { id } });
  };
  const adopt = (form: typeof draft.form, version: number) => {
    set({ form, version });
    setTheirs(null);
  };
  return (
    <Wizard form={draft.form} step={Number(step ?? 1) - 1} verb={t('campaigns.save')} change={change} onStep={onStep} onSave={() => put(draft.version)} onLeave={leave}>
      {!editable(view.state) && <Notice>{t('campaigns.notNow', { state: t(`campaigns.states.${view.state}`) })}</Notice>}
      {restored && !theirs && <Restored onAnew={anew} />}
      {theirs && <Conflict mine={draft.form} theirs={formOf(theirs, siteZone)} versions={[draft.version, theirs.version]} onTheirs={() => adopt(formOf(theirs, siteZone), theirs.version)} onMine={() => adopt(draft.form, theirs.version)} />}
    </Wizard>
  );
}

export function EditCampaignPage() {
  const { t } = useTranslation();
  const { id } = useParams({ from: '/inside/frame/campaigns/$id/edit' });
  const campaign = useQuery({ queryKey: ['campaign', id], queryFn: ({ signal }) => ask(api.GET('/ottb/campaigns/{campaign}', { params: { path: { campaign: id } }, signal })) });
  return (
    <Stack p="sm" gap="sm">
      <Back to={`/campaigns/${id}`}>{campaign.data?.name ?? t('campaigns.title')}</Back>
      <PageHead title={t('campaigns.editTitle', { name: campaign.data?.name ?? '' })} />
      {campaign.data ? <Edit key={id} view={campaign.data} /> : campaign.isPending ? <Loading /> : <Failed why={campaign.error} onRetry={() => void campaign.refetch()} />}
    </Stack>
  );
}
