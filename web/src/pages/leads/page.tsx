// Leads: the table with its filters, one lead beside it, a search by number.
import { Button, Text } from '@mantine/core';
import { IconSearch, IconUpload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask } from '@/api/client.ts';
import { useMay } from '@/api/me.ts';
import { Problem } from '@/api/problem.ts';
import { campaignsQuery } from '@/pages/campaigns/use-campaigns.ts';
import { FullPage } from '@/parts/full-page.tsx';
import { Notice } from '@/parts/notice.tsx';
import { NumberSearch } from '@/parts/number-search.tsx';
import { PageHead } from '@/parts/section.tsx';
import { useDeeds } from '@/parts/shortcuts.ts';
import { Empty, Failed, Loading, StaleNote } from '@/parts/states.tsx';
import { VirtualTable } from '@/parts/virtual-table.tsx';
import { LeadCard, useLeadColumns } from './columns.tsx';
import { Filters } from './filters.tsx';
import { LeadDrawer } from './drawer.tsx';
import classes from './leads.module.css';
import type { LeadsSearch } from './search.ts';
import { type LeadView, useLeads } from './use-leads.ts';

export function LeadsPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const may = useMay();
  const search = useSearch({ from: '/inside/frame/leads' });
  const leads = useLeads(search);
  const campaigns = useQuery({ ...campaignsQuery, enabled: may('ottb.campaign.read') });
  const names = useMemo(() => new Map(campaigns.data?.map((one) => [one.id, one.name])), [campaigns.data]);
  const columns = useLeadColumns(names, search.campaign !== undefined && !search.found);
  const [asking, setAsking] = useState(false);

  const change = useCallback((more: LeadsSearch) => void navigate({ to: '/leads', search: (before) => ({ ...before, ...more }), replace: true }), [navigate]);
  const open = useCallback((lead: LeadView) => change({ lead: String(lead.id) }), [change]);
  const importing = () => void navigate({ to: '/leads/import', search: search.campaign ? { campaign: search.campaign } : {} });
  const find = async (number: string, region: string | undefined) => {
    const made = await ask(api.POST('/ottb/searches', { body: { number, ...(region && { region }) } }));
    await navigate({ to: '/leads', search: { found: made.id } });
  };
  const maySearch = may('ottb.lead.search');
  const mayImport = may('ottb.lead.import');
  const group = t('leads.title');
  useDeeds([
    ...(maySearch ? [{ id: 'leads find', label: t('leads.search.title'), group, key: '/', run: () => setAsking(true) }] : []),
    ...(mayImport ? [{ id: 'leads import', label: t('leads.import.do'), group, key: 'i', run: importing }] : []),
  ]);

  const { rows, fetchNextPage } = leads;
  const load = useCallback(() => void fetchNextPage(), [fetchNextPage]);
  const again = () => void leads.refetch();
  const needs = (permission: string) => (may(permission) ? undefined : t('parts.needs', { permission }));
  const importButton = <Button leftSection={<IconUpload size={15} aria-hidden />} disabled={!mayImport} title={needs('ottb.lead.import')} onClick={importing}>{t('leads.import.do')}</Button>;
  const filtered = Boolean(search.campaign ?? search.state ?? search.outcome ?? search.refusal ?? search.import);
  const expired = search.found !== undefined && leads.error instanceof Problem && leads.error.status === 404;
  const head = (
    <>
      <PageHead title={t('leads.title')} note={leads.isPending ? undefined : <Text span size="sm">{t(leads.hasNextPage ? 'leads.shownFirst' : 'leads.shown', { count: rows.length })}</Text>}>
        <Button variant="default" leftSection={<IconSearch size={15} aria-hidden />} disabled={!maySearch} title={needs('ottb.lead.search')} onClick={() => setAsking(true)}>{t('leads.search.title')}</Button>
        {importButton}
      </PageHead>
      {search.found ? (
        <Notice icon={<IconSearch size={16} aria-hidden />}>{t('leads.search.shown')} <Button size="compact-xs" variant="subtle" onClick={() => change({ found: undefined })}>{t('leads.search.leave')}</Button></Notice>
      ) : (
        <Filters search={search} campaigns={campaigns.data ?? []} onChange={change} />
      )}
      {leads.isError && rows.length > 0 && <StaleNote heard={leads.dataUpdatedAt} />}
    </>
  );
  return (
    <FullPage head={head}>
      {leads.isPending ? (
        <div className={classes.pad}><Loading rows={12} /></div>
      ) : expired ? (
        <Empty title={t('leads.search.gone')} action={<Button onClick={() => setAsking(true)}>{t('leads.search.title')}</Button>}>{t('leads.search.goneNext')}</Empty>
      ) : leads.isError && rows.length === 0 ? (
        <Failed why={leads.error} onRetry={again} />
      ) : rows.length === 0 ? (
        filtered || search.found ? (
          <Empty title={t('leads.nothing')} action={<Button variant="default" onClick={() => void navigate({ to: '/leads', search: {} })}>{t('query.clear')}</Button>}>{t(search.found ? 'leads.search.nothing' : 'leads.nothingNext')}</Empty>
        ) : (
          <Empty title={t('leads.none')} action={importButton}>{t('leads.noneNext')}</Empty>
        )
      ) : (
        <VirtualTable label={t('leads.title')} rows={rows} idOf={(lead) => String(lead.id)} columns={columns} card={(lead) => <LeadCard lead={lead} />} onOpen={open} chosen={search.lead ?? ''} more={{ has: leads.hasNextPage, loading: leads.isFetchingNextPage, failed: leads.isFetchNextPageError, load }} />
      )}
      {search.lead && <LeadDrawer key={search.lead} id={search.lead} campaigns={names} onClose={() => change({ lead: undefined })} />}
      {asking && <NumberSearch title={t('leads.search.title')} note={t('leads.search.note')} ask={find} onClose={() => setAsking(false)} />}
    </FullPage>
  );
}
