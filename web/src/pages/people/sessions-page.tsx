// Everybody and every service that is signed in, newest first.
import { Button, SegmentedControl, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '@/api/me.ts';
import { agentWords } from '@/parts/agent.ts';
import { Answer } from '@/parts/answer.tsx';
import { FilterInput } from '@/parts/filter-input.tsx';
import { GoLink } from '@/parts/go-link.tsx';
import frame from '@/parts/page.module.css';
import { Empty } from '@/parts/states.tsx';
import { Tag } from '@/parts/tag.tsx';
import { Age, Time } from '@/parts/time.tsx';
import { type Column, VirtualTable } from '@/parts/virtual-table.tsx';
import { EndSession } from './end-session.tsx';
import { PeopleFrame } from './frame.tsx';
import { peopleQuery, type Session, sessionsQuery } from './questions.ts';
import { sessionsSearch, type SessionsSearch } from './search.ts';

export function SessionsPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const may = useMay();
  const search = useSearch({ from: '/inside/frame/people/sessions' });
  const sessions = useQuery(sessionsQuery());
  const people = useQuery({ ...peopleQuery, enabled: may('point.person.read') });
  const logins = useMemo(() => new Map(people.data?.map((one) => [one.id, one.login])), [people.data]);
  const whoOf = useCallback((one: Session) => (one.person ? (logins.get(one.person) ?? one.person) : (one.service_role ?? '—')), [logins]);
  const shown = useMemo(() => {
    const q = (search.q ?? '').toLowerCase();
    return (sessions.data ?? []).filter((one) => {
      if (search.kind && (search.kind === 'people') !== Boolean(one.person)) return false;
      return `${whoOf(one)} ${one.address} ${agentWords(one.agent)}`.toLowerCase().includes(q);
    });
  }, [sessions.data, search, whoOf]);
  const go = useCallback((change: Partial<SessionsSearch>) => void navigate({ to: '/people/sessions', search: (old) => sessionsSearch({ ...old, ...change }), replace: true }), [navigate]);
  const setQ = useCallback((q: string) => go({ q }), [go]);

  const columns = useMemo<Column<Session>[]>(
    () => [
      { id: 'who', header: t('people.who'), width: 'minmax(150px, 1.2fr)', cell: (one) => (one.person ? <GoLink to="/people/$person" params={{ person: one.person }} size="sm" fw={600}>{whoOf(one)}</GoLink> : <><b>{whoOf(one)}</b> <Tag>{t('people.service')}</Tag></>) },
      { id: 'where', header: t('account.where'), width: 'minmax(140px, 1.2fr)', cell: (one) => <span title={one.agent}>{agentWords(one.agent)}</span> },
      { id: 'address', header: t('account.address'), width: 'minmax(110px, 0.8fr)', cell: (one) => one.address },
      { id: 'since', header: t('account.since'), width: '150px', cell: (one) => <Time at={one.created_at} /> },
      { id: 'seen', header: t('people.seenAgo'), width: '90px', cell: (one) => <Age since={one.seen_at} /> },
      { id: 'until', header: t('account.until'), width: '150px', cell: (one) => <Time at={one.expires_at} /> },
      { id: 'end', header: t('parts.actions'), hidden: true, right: true, width: '100px', cell: (one) => <EndSession session={one} who={whoOf(one)} /> },
    ],
    [t, whoOf],
  );
  return (
    <PeopleFrame title={t('people.sessions')} note={sessions.data && <Text span size="sm">{t('wall.count', { count: shown.length, total: sessions.data.length })}</Text>}>
      <div className={frame.tools}>
        <FilterInput value={search.q ?? ''} label={t('people.findSession')} group={t('people.title')} onChange={setQ} />
        <SegmentedControl
          aria-label={t('people.whose')}
          value={search.kind ?? 'all'}
          onChange={(kind) => go({ kind: kind === 'all' ? undefined : (kind as SessionsSearch['kind']) })}
          data={[{ value: 'all', label: t('people.all') }, { value: 'people', label: t('people.people') }, { value: 'services', label: t('people.services') }]}
        />
      </div>
      <Answer of={sessions} rows={10}>
        {() => (shown.length > 0 ? <VirtualTable label={t('people.sessions')} rows={shown} idOf={(one) => one.id} columns={columns} /> : <Empty title={t('people.noSuchSession')} action={<Button variant="default" onClick={() => go({ q: undefined, kind: undefined })}>{t('query.clear')}</Button>}>{t('people.nothingNext')}</Empty>)}
      </Answer>
    </PeopleFrame>
  );
}
