// Leads come in: a file, which column is what, a look at the first rows and at the law, then the import with its result. The id of the
// import stands in the URL, so that its progress and result survive a reload.
import { Button, Select, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { campaignsQuery } from '@/pages/campaigns/use-campaigns.ts';
import { Back } from '@/parts/back.tsx';
import { PageHead, Section } from '@/parts/section.tsx';
import { Empty, Failed, Forbidden } from '@/parts/states.tsx';
import { useMay } from '@/api/me.ts';
import { CheckSection } from './check-section.tsx';
import { FileChooser } from './file-chooser.tsx';
import { ImportList } from './import-list.tsx';
import { ImportResult } from './import-result.tsx';
import { emptyMapping, type Mapping, mappingMistakes, suggest } from './mapping.ts';
import { MappingForm } from './mapping-form.tsx';
import { Preview } from './preview.tsx';
import type { FileHead } from './read-file.ts';
import { UploadSection } from './upload-section.tsx';

interface Chosen {
  file: File;
  head: FileHead;
}

export function ImportPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const may = useMay();
  const search = useSearch({ from: '/inside/frame/leads/import' });
  const campaigns = useQuery({ ...campaignsQuery, enabled: may('ottb.campaign.read') });
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [mapping, setMapping] = useState<Mapping>(emptyMapping);
  const campaign = campaigns.data?.find((one) => one.id === search.campaign);

  const choose = useCallback((file: File, head: FileHead) => {
    setChosen({ file, head });
    // Consent is said of one file: what was said of the last one does not hold for this one.
    setMapping((before) => ({ ...emptyMapping, region: before.region, columns: suggest(head.header) }));
  }, []);
  const show = useCallback((id: string | undefined) => void navigate({ to: '/leads/import', search: (before) => ({ ...before, import: id }), replace: id !== undefined }), [navigate]);
  if (!may('ottb.lead.import') && !search.import) return <Forbidden permission="ottb.lead.import" />;

  const next = () => {
    setChosen(null);
    setMapping(emptyMapping);
    show(undefined);
  };
  const ready = mappingMistakes(mapping).length === 0;
  return (
    <Stack p="sm" gap="sm">
      <Back to="/leads">{t('leads.title')}</Back>
      <PageHead title={t('leads.import.title')} />
      {campaigns.isError && !campaigns.data ? (
        <Failed why={campaigns.error} onRetry={() => void campaigns.refetch()} />
      ) : campaigns.data?.length === 0 ? (
        <Empty title={t('campaigns.none')} action={<Button onClick={() => void navigate({ to: '/campaigns/new' })}>{t('campaigns.new')}</Button>}>{t('leads.import.needsCampaign')}</Empty>
      ) : search.import ? (
        <ImportResult key={search.import} id={search.import} campaigns={campaigns.data ?? []} onNext={next} />
      ) : (
        <>
          <Section title={t('leads.import.file')}>
            <Select maw={420} label={t('leads.import.into')} required searchable data={(campaigns.data ?? []).map((one) => ({ value: one.id, label: one.name }))} value={search.campaign ?? null} onChange={(id) => void navigate({ to: '/leads/import', search: id ? { campaign: id } : {}, replace: true })} />
            <FileChooser name={chosen?.file.name} onChoose={choose} />
          </Section>
          {chosen && (
            <>
              <MappingForm header={chosen.head.header} mapping={mapping} onChange={setMapping} />
              <Preview head={chosen.head} mapping={mapping} />
              {ready && <CheckSection file={chosen.file} head={chosen.head} mapping={mapping} campaign={campaign} />}
              <UploadSection file={chosen.file} head={chosen.head} mapping={mapping} campaign={campaign} ready={ready} onKnown={show} />
            </>
          )}
        </>
      )}
      {search.campaign && <ImportList campaign={search.campaign} shown={search.import} />}
    </Stack>
  );
}
