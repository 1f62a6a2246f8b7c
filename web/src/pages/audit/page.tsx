// The audit log: who did what to what, newest first; one entry beside the list; and whether the log is whole.
import { ActionIcon, Button, Group, Text } from '@mantine/core';
import { IconRefresh, IconShieldCheck } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '@/api/me.ts';
import frame from '@/parts/page.module.css';
import { PageHead } from '@/parts/section.tsx';
import { useDeeds } from '@/parts/shortcuts.ts';
import { Empty, Failed, Loading, StaleNote } from '@/parts/states.tsx';
import { Time } from '@/parts/time.tsx';
import { type Column, VirtualTable } from '@/parts/virtual-table.tsx';
import { peopleQuery } from '@/pages/people/questions.ts';
import classes from './audit.module.css';
import { Actor, AllowedTag, ObjectWords } from './cells.tsx';
import { EntryPanel } from './entry-panel.tsx';
import { Filters } from './filters.tsx';
import { entriesQuery, type Entry } from './questions.ts';
import { auditSearch, type AuditSearch, filtered } from './search.ts';
import { Verify } from './verify.tsx';

export function AuditPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const may = useMay();
  const queries = useQueryClient();
  const search = useSearch({ from: '/inside/frame/audit' });
  const [verifying, setVerifying] = useState(false);
  const people = useQuery({ ...peopleQuery, refetchInterval: false, enabled: may('point.person.read') });
  const logins = useMemo(() => new Map(people.data?.map((one) => [one.id, one.login])), [people.data]);
  const pages = useInfiniteQuery(entriesQuery(search));
  const entries = useMemo(() => pages.data?.pages.flatMap((page) => page.items) ?? [], [pages.data]);
  const go = useCallback((change: Partial<AuditSearch>) => void navigate({ to: '/audit', search: (old) => auditSearch({ ...old, ...change }), replace: true }), [navigate]);
  const clear = () => void navigate({ to: '/audit', search: {}, replace: true });
  const again = () => void queries.resetQueries({ queryKey: entriesQuery(search).queryKey });
  const canVerify = may('point.audit.verify');
  const group = t('audit.title');
  useDeeds([
    { id: 'audit again', label: t('audit.again'), group, key: 'u', run: again },
    ...(canVerify ? [{ id: 'audit verify', label: t('audit.verify'), group, key: 'v', run: () => setVerifying(true) }] : []),
    { id: 'audit close', label: t('parts.close'), group, key: 'escape', hidden: true, run: () => go({ seq: undefined }) },
  ]);

  const columns = useMemo<Column<Entry>[]>(
    () => [
      { id: 'seq', header: '№', width: '74px', right: true, cell: (one) => one.seq },
      { id: 'at', header: t('audit.at'), width: '150px', cell: (one) => <Time at={one.at} /> },
      { id: 'actor', header: t('audit.actor'), width: 'minmax(110px, 0.8fr)', cell: (one) => <Actor id={one.actor} logins={logins} /> },
      { id: 'action', header: t('audit.action'), width: 'minmax(150px, 1fr)', cell: (one) => <code className={classes.action}>{one.action}</code> },
      { id: 'allowed', header: t('audit.allowed'), width: '104px', cell: (one) => <AllowedTag allowed={one.allowed} /> },
      { id: 'object', header: t('audit.object'), width: 'minmax(180px, 1.5fr)', cell: (one) => <ObjectWords object={one.object} logins={logins} /> },
    ],
    [t, logins],
  );
  const seq = search.seq === undefined ? null : Number(search.seq);
  return (
    <div className={frame.page}>
      <div className={frame.head}>
        <PageHead title={t('audit.title')} note={entries.length > 0 && <Text span size="sm">{t('audit.newest', { seq: entries[0]!.seq })}</Text>}>
          <ActionIcon variant="default" aria-label={t('audit.again')} title={t('audit.againNote')} loading={pages.isFetching && !pages.isFetchingNextPage} onClick={again}><IconRefresh size={15} /></ActionIcon>
          {canVerify && <Button leftSection={<IconShieldCheck size={15} aria-hidden />} onClick={() => setVerifying(true)}>{t('audit.verify')}</Button>}
        </PageHead>
      </div>
      <Filters search={search} people={people.data ?? []} onChange={go} onClear={clear} />
      {verifying && <Verify newest={entries[0]?.seq ?? null} onShow={(bad) => go({ seq: String(bad) })} onClose={() => setVerifying(false)} />}
      {pages.isError && entries.length > 0 && <StaleNote heard={pages.dataUpdatedAt} />}
      <div className={classes.both}>
        <div className={frame.rest}>
          {pages.isPending ? (
            <div className={classes.pad}><Loading rows={12} /></div>
          ) : entries.length > 0 ? (
            <VirtualTable
              label={t('audit.title')}
              rows={entries}
              idOf={(one) => String(one.seq)}
              columns={columns}
              chosen={search.seq ?? ''}
              onOpen={(one) => go({ seq: String(one.seq) })}
              more={{ has: pages.hasNextPage, loading: pages.isFetchingNextPage, failed: pages.isFetchNextPageError, load: () => void pages.fetchNextPage() }}
              card={(one) => <><Group gap={6}><Time at={one.at} /><AllowedTag allowed={one.allowed} /></Group><code className={classes.action}>{one.action}</code> · <Actor id={one.actor} logins={logins} /></>}
            />
          ) : pages.isError ? (
            <Failed why={pages.error} onRetry={() => void pages.refetch()} />
          ) : (
            <Empty title={t(filtered(search) ? 'audit.nothing' : 'audit.none')} action={filtered(search) && <Button variant="default" onClick={clear}>{t('query.clear')}</Button>}>{t(filtered(search) ? 'audit.nothingNext' : 'audit.noneNext')}</Empty>
          )}
        </div>
        {seq !== null && <EntryPanel seq={seq} listed={entries.find((one) => one.seq === seq)} logins={logins} onFilter={go} onClose={() => go({ seq: undefined })} />}
      </div>
    </div>
  );
}
