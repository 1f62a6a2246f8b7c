// All campaigns, live: how each stands, how far it is, what it does now.
import { Button, Select, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '@/api/me.ts';
import { FilterInput } from '@/parts/filter-input.tsx';
import { FullPage } from '@/parts/full-page.tsx';
import { PageHead } from '@/parts/section.tsx';
import { useDeeds } from '@/parts/shortcuts.ts';
import { Empty, Failed, Forbidden, Loading } from '@/parts/states.tsx';
import { VirtualTable } from '@/parts/virtual-table.tsx';
import classes from './campaigns.module.css';
import { CampaignCard, useCampaignColumns } from './columns.tsx';
import { type CampaignRow, shownRows } from './rows.ts';
import type { CampaignsSearch } from './search.ts';
import { useCampaigns } from './use-campaigns.ts';
import { campaignStates } from './verbs.ts';

export function CampaignsPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const may = useMay();
  const search = useSearch({ from: '/inside/frame/campaigns' });
  const { rows, refused, pending, error, again } = useCampaigns();
  const shown = useMemo(() => shownRows(rows, search), [rows, search]);
  const columns = useCampaignColumns();

  const change = useCallback((more: CampaignsSearch) => void navigate({ to: '/campaigns', search: { ...search, ...more }, replace: true }), [navigate, search]);
  const find = useCallback((q: string) => change({ q: q || undefined }), [change]);
  const open = useCallback((row: CampaignRow) => void navigate({ to: '/campaigns/$id', params: { id: row.id } }), [navigate]);
  const create = () => void navigate({ to: '/campaigns/new' });
  const mayWrite = may('ottb.campaign.write');
  const group = t('campaigns.title');
  useDeeds(mayWrite ? [{ id: 'campaigns new', label: t('campaigns.new'), group, key: 'n', run: create }] : []);

  if (refused !== null) return <Forbidden permission={refused} />;
  const button = <Button leftSection={<IconPlus size={15} aria-hidden />} onClick={create} disabled={!mayWrite} title={mayWrite ? undefined : t('parts.needs', { permission: 'ottb.campaign.write' })}>{t('campaigns.new')}</Button>;
  const head = (
    <>
      <PageHead title={t('campaigns.title')} note={<Text span size="sm">{t('campaigns.count', { count: shown.length, total: rows.length })}</Text>}>{button}</PageHead>
      <div className={classes.filters}>
        <FilterInput value={search.q ?? ''} label={t('campaigns.find')} group={group} width="100%" onChange={find} />
        <Select aria-label={t('campaigns.state')} placeholder={t('campaigns.anyState')} clearable data={campaignStates.map((state) => ({ value: state, label: t(`campaigns.states.${state}`) }))} value={search.state ?? null} onChange={(state) => change({ state: state ?? undefined })} />
      </div>
    </>
  );
  return (
    <FullPage head={head}>
      {pending ? (
        <div className={classes.pad}>{error ? <Failed why={error} onRetry={again} /> : <Loading rows={10} />}</div>
      ) : rows.length === 0 ? (
        error ? <Failed why={error} onRetry={again} /> : <Empty title={t('campaigns.none')} action={button}>{t('campaigns.noneNext')}</Empty>
      ) : shown.length === 0 ? (
        <Empty title={t('campaigns.nothing')} action={<Button variant="default" onClick={() => change({ q: undefined, state: undefined })}>{t('query.clear')}</Button>}>{t('campaigns.nothingNext')}</Empty>
      ) : (
        <VirtualTable label={t('campaigns.title')} rows={shown} idOf={(row) => row.id} columns={columns} card={(row) => <CampaignCard row={row} />} onOpen={open} sort={search.sort} onSort={(sort) => change({ sort })} />
      )}
    </FullPage>
  );
}
