// People: who may come in, with which roles, and who is in now.
import { Button, Select, Text } from '@mantine/core';
import { IconUserPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '@/api/me.ts';
import { Answer } from '@/parts/answer.tsx';
import { FilterInput } from '@/parts/filter-input.tsx';
import frame from '@/parts/page.module.css';
import { useDeeds } from '@/parts/shortcuts.ts';
import { Empty } from '@/parts/states.tsx';
import { AddPerson } from './add-person.tsx';
import { PeopleFrame } from './frame.tsx';
import { PeopleRows } from './people-rows.tsx';
import { chosenPeople, presenceOf } from './people.ts';
import { peopleQuery, rolesQuery, sessionsQuery } from './questions.ts';
import { peopleSearch, type PeopleSearch } from './search.ts';

export function PeoplePage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const may = useMay();
  const search = useSearch({ from: '/inside/frame/people' });
  const people = useQuery(peopleQuery);
  const roles = useQuery({ ...rolesQuery, enabled: may('point.role.read') });
  const sessions = useQuery({ ...sessionsQuery(), enabled: may('point.session.read') });
  const presence = useMemo(() => (sessions.data ? presenceOf(sessions.data) : null), [sessions.data]);
  const shown = useMemo(() => chosenPeople(people.data ?? [], search), [people.data, search]);
  const [adding, setAdding] = useState(false);

  const go = useCallback((change: Partial<PeopleSearch>) => void navigate({ to: '/people', search: (old) => peopleSearch({ ...old, ...change }), replace: true }), [navigate]);
  const setQ = useCallback((q: string) => go({ q }), [go]);
  const group = t('people.title');
  const canAdd = may('point.person.create');
  useDeeds(canAdd ? [{ id: 'people add', label: t('people.add'), group, key: 'n', run: () => setAdding(true) }] : []);

  const roleNames = roles.data?.roles.filter((role) => !role.machine).map((role) => role.name) ?? [...new Set(people.data?.flatMap((one) => one.roles))].toSorted();
  const add = canAdd && <Button leftSection={<IconUserPlus size={15} aria-hidden />} onClick={() => setAdding(true)}>{t('people.add')}</Button>;
  return (
    <PeopleFrame title={t('people.people')} note={people.data && <Text span size="sm">{t('wall.count', { count: shown.length, total: people.data.length })}</Text>} actions={add}>
      <div className={frame.tools}>
        <FilterInput value={search.q ?? ''} label={t('people.find')} group={group} onChange={setQ} />
        <Select aria-label={t('people.role')} placeholder={t('people.role')} w={150} clearable data={roleNames} value={search.role ?? null} onChange={(role) => go({ role: role ?? undefined })} clearButtonProps={{ 'aria-label': t('query.clear') }} />
        <Select
          aria-label={t('people.state')}
          placeholder={t('people.state')}
          w={150}
          clearable
          data={[{ value: 'active', label: t('people.active') }, { value: 'disabled', label: t('people.disabled') }]}
          value={search.state ?? null}
          onChange={(state) => go({ state: (state ?? undefined) as PeopleSearch['state'] })}
          clearButtonProps={{ 'aria-label': t('query.clear') }}
        />
      </div>
      <Answer of={people} rows={10}>
        {(all) =>
          shown.length > 0 ? (
            <PeopleRows people={shown} presence={presence} onOpen={(person) => void navigate({ to: '/people/$person', params: { person } })} />
          ) : all.length === 0 ? (
            <Empty title={t('people.none')} action={add}>{t('people.noneNext')}</Empty>
          ) : (
            <Empty title={t('people.nothing')} action={<Button variant="default" onClick={() => go({ q: undefined, role: undefined, state: undefined })}>{t('query.clear')}</Button>}>{t('people.nothingNext')}</Empty>
          )
        }
      </Answer>
      {adding && <AddPerson roles={roles.data?.roles ?? []} onClose={() => setAdding(false)} />}
    </PeopleFrame>
  );
}
