// How long calls and events are kept: the rule of each, what stands there by month, and the change of a rule with what it takes away.
import { Button, Group, NumberInput, SegmentedControl, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask, type Schemas } from '@/api/client.ts';
import { useMay } from '@/api/me.ts';
import { Confirm } from '@/parts/confirm.tsx';
import { Fact, Facts } from '@/parts/facts.tsx';
import { useNumbers } from '@/parts/numbers.ts';
import { say } from '@/parts/say.ts';
import { Section } from '@/parts/section.tsx';
import { Failed, Loading } from '@/parts/states.tsx';
import { Time } from '@/parts/time.tsx';
import { bytesOf, going } from './keeping.ts';

type Rule = Schemas['retention_rule'];

const key = ['retention'];

function useMonths() {
  const { t } = useTranslation();
  return (months: number | undefined): string => (months === undefined ? t('settings.keepEver') : t('settings.keepMonths', { count: months }));
}

interface ChangeProps {
  rule: Rule;
  least: number;
  most: number;
  onClose: () => void;
}

function Change({ rule, least, most, onClose }: ChangeProps) {
  const { t } = useTranslation();
  const words = useMonths();
  const { size } = useNumbers();
  const queries = useQueryClient();
  const [ever, setEver] = useState(rule.months === undefined);
  const [typed, setTyped] = useState<number | string>(rule.months ?? 24);
  const fits = typeof typed === 'number' && Number.isInteger(typed) && typed >= least && typed <= most;
  const months = ever ? undefined : Number(typed);
  const gone = ever || !fits ? [] : going(rule.kept, Number(typed));
  const save = async (reason: string) => {
    await ask(api.PUT('/dci/retention/{kept}', { params: { path: { kept: rule.what }, header: { 'If-Match': `"${rule.version}"` } }, body: { reason, ...(months === undefined ? {} : { months }) } }));
    say({ color: 'teal', message: `${t(`settings.kept.${rule.what as 'calls'}`)}: ${words(months)}` });
    await queries.invalidateQueries({ queryKey: key });
  };
  return (
    <Confirm title={t(`settings.kept.${rule.what as 'calls'}`)} verb={t('settings.keepSave')} danger={gone.length > 0} reason typed={gone.length > 0 ? String(gone.length) : undefined} ready={(ever || fits) && months !== rule.months} onDo={save} onClose={onClose}>
      <Group align="flex-end" gap="sm">
        <SegmentedControl aria-label={t('settings.keeping')} value={ever ? 'ever' : 'months'} onChange={(how) => setEver(how === 'ever')} data={[{ value: 'ever', label: t('settings.keepEver') }, { value: 'months', label: t('settings.keepWhole') }]} />
        {!ever && <NumberInput label={t('settings.keepHow')} w={130} value={typed} onChange={setTyped} allowDecimal={false} clampBehavior="none" error={!fits && t('settings.keepBounds', { least, most })} />}
      </Group>
      <Text size="sm" mt="xs" role="status">
        {gone.length > 0 ? t('settings.keepGoes', { count: gone.length, first: gone[0]!.month, last: gone.at(-1)!.month, size: size(bytesOf(gone)) }) : t('settings.keepGoesNothing')}
      </Text>
      <Text size="sm" c="var(--quiet)">{t('settings.keepCounts', { least })}</Text>
    </Confirm>
  );
}

export function Retention() {
  const { t } = useTranslation();
  const may = useMay();
  const words = useMonths();
  const { size } = useNumbers();
  const mayRead = may('dci.retention.read');
  const found = useQuery({ queryKey: key, enabled: mayRead, queryFn: ({ signal }) => ask(api.GET('/dci/retention', { signal })) });
  const [open, setOpen] = useState<Rule | null>(null);
  return (
    <Section title={t('settings.keeping')} note={t('settings.keepingNote')}>
      {!mayRead ? (
        <Text size="sm" c="var(--quiet)" mb="xs">{t('parts.needs', { permission: 'dci.retention.read' })}</Text>
      ) : found.isPending ? (
        <Loading rows={2} />
      ) : found.isError && !found.data ? (
        <Failed why={found.error} onRetry={() => void found.refetch()} />
      ) : (
        <Facts>
          {found.data.items.map((rule) => (
            <Fact key={rule.what} name={t(`settings.kept.${rule.what as 'calls'}`)}>
              <Group gap={8}>
                <b>{words(rule.months)}</b>
                {rule.kept.length > 0 && <span>{t('settings.keptNow', { from: rule.kept[0]!.month, size: size(bytesOf(rule.kept)) })}</span>}
                {rule.changed_at && <Text span size="sm" c="var(--quiet)">{t('settings.keepChanged')} <Time at={rule.changed_at} /></Text>}
                <Button size="compact-xs" variant="default" disabled={!may('dci.retention.write')} title={may('dci.retention.write') ? undefined : t('parts.needs', { permission: 'dci.retention.write' })} aria-label={`${t('trunks.change')}: ${t(`settings.kept.${rule.what as 'calls'}`)}`} onClick={() => setOpen(rule)}>{t('trunks.change')}</Button>
              </Group>
            </Fact>
          ))}
        </Facts>
      )}
      <Facts>
        <Fact name={t('settings.keepAudit')}>{t('settings.keepAuditEver')}</Fact>
        <Fact name={t('settings.keepLeads')}>{t('settings.keepSealed')}</Fact>
      </Facts>
      {open && found.data && <Change rule={open} least={found.data.least_months} most={found.data.most_months} onClose={() => setOpen(null)} />}
    </Section>
  );
}
