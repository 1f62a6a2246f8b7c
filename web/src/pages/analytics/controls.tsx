// Which calls, of when, by what.
import { Select, SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useMay } from '@/api/me.ts';
import frame from '@/parts/page.module.css';
import { MomentInput } from '@/parts/wall-input.tsx';
import { campaignNamesQuery } from '@/pages/settings/questions.ts';
import { type AnalyticsSearch, type Range, ranges } from './search.ts';
import type { Span } from './span.ts';
import { type Grouping, groupings } from './types.ts';

interface ControlsProps {
  search: AnalyticsSearch;
  span: Span;
  onChange: (change: Partial<AnalyticsSearch>) => void;
}

export function Controls({ search, span, onChange }: ControlsProps) {
  const { t } = useTranslation();
  const may = useMay();
  const campaigns = useQuery({ ...campaignNamesQuery, enabled: may('ottb.campaign.read') });
  const clear = { 'aria-label': t('query.clear') };
  const moment = (name: 'from' | 'to') => <MomentInput bare label={t(`analytics.${name}`)} at={span[name]} onMoment={(at) => onChange({ range: 'own', from: span.from, to: span.to, [name]: at ?? span[name] })} />;
  return (
    <div className={frame.tools}>
      <SegmentedControl aria-label={t('analytics.range')} value={search.range ?? '24h'} onChange={(range) => onChange({ range: range as Range, from: span.from, to: span.to })} data={ranges.map((value) => ({ value, label: t(`analytics.ranges.${value}`) }))} />
      {search.range === 'own' && <>{moment('from')}{moment('to')}</>}
      <Select aria-label={t('analytics.by')} w={150} allowDeselect={false} data={groupings.map((value) => ({ value, label: t(`analytics.bys.${value}`) }))} value={search.by ?? 'hour'} onChange={(by) => onChange({ by: (by ?? undefined) as Grouping })} />
      <Select aria-label={t('analytics.campaign')} placeholder={t('analytics.campaign')} w={200} searchable clearable clearButtonProps={clear} data={(campaigns.data ?? []).map((one) => ({ value: one.id, label: one.name }))} value={search.campaign ?? null} onChange={(campaign) => onChange({ campaign: campaign ?? undefined })} nothingFoundMessage={t('palette.nothing')} />
      <Select aria-label={t('analytics.direction')} w={140} allowDeselect={false} data={(['outbound', 'inbound', 'internal', 'all'] as const).map((value) => ({ value, label: t(`analytics.directions.${value}`) }))} value={search.direction ?? 'outbound'} onChange={(direction) => onChange({ direction: direction === 'outbound' ? undefined : (direction as AnalyticsSearch['direction']) })} />
    </div>
  );
}
