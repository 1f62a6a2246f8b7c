// "Explain this permission": a person and a permission; whether, by which roles, and if not, which roles would give it.
import { Code, Group, Select, Stack, Text } from '@mantine/core';
import { IconCircleCheck, IconCircleX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '@/api/client.ts';
import { useMay } from '@/api/me.ts';
import { Answer } from '@/parts/answer.tsx';
import { GoLink } from '@/parts/go-link.tsx';
import frame from '@/parts/page.module.css';
import { Empty } from '@/parts/states.tsx';
import { whyOf } from './explain.ts';
import { PeopleFrame } from './frame.tsx';
import { byModule } from './matrix.ts';
import classes from './people.module.css';
import { explainQuery, peopleQuery, type Permission, type Person, rolesQuery } from './questions.ts';
import { explainSearch, type ExplainSearch } from './search.ts';
import { useMeanings } from './words.ts';

function Verdict({ answer, person, permission }: { answer: Schemas['permission_answer']; person: Person | undefined; permission: Permission | undefined }) {
  const { t } = useTranslation();
  const meanings = useMeanings();
  const why = whyOf(answer);
  const who = person?.display_name ?? answer.person;
  const Icon = answer.allowed ? IconCircleCheck : IconCircleX;
  return (
    <div className={classes.verdict} data-state={answer.allowed ? 'ready' : 'fault'} role="status">
      <Icon size={30} stroke={1.7} aria-hidden />
      <Stack gap={6}>
        <Text fw={650} size="lg" component="h2">{t(answer.allowed ? 'people.may' : 'people.mayNot', { who })}</Text>
        {permission && <Text size="sm">{meanings.permission(permission)} <Code>{answer.permission}</Code></Text>}
        <Text size="sm">{why === 'other' ? answer.because : t(`people.why.${why}`)}</Text>
        {answer.roles.length > 0 && (
          <Group gap={8}>
            <Text size="sm" c="var(--quiet)">{t(answer.allowed ? 'people.byRoles' : 'people.wouldGive')}</Text>
            {answer.roles.map((role) => <GoLink key={role} to="/people/roles" search={{ q: answer.permission }} size="sm" fw={600}>{role}</GoLink>)}
          </Group>
        )}
        {person && <GoLink to="/people/$person" params={{ person: person.id }} size="sm">{t('people.toPerson')}</GoLink>}
      </Stack>
    </div>
  );
}

export function ExplainPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const may = useMay();
  const meanings = useMeanings();
  const { person = '', permission = '' } = useSearch({ from: '/inside/frame/people/explain' });
  const people = useQuery({ ...peopleQuery, enabled: may('point.person.read') });
  const roles = useQuery(rolesQuery);
  const answer = useQuery(explainQuery(person, permission));
  const go = (change: Partial<ExplainSearch>) => void navigate({ to: '/people/explain', search: (old) => explainSearch({ ...old, ...change }), replace: true });
  const choices = useMemo(() => byModule(roles.data?.permissions ?? []).map(({ module, permissions }) => ({ group: meanings.module(module), items: permissions.map((one) => ({ value: one.name, label: `${one.name} · ${meanings.permission(one)}` })) })), [roles.data, meanings]);
  const found = people.data?.find((one) => one.id === person);
  return (
    <PeopleFrame title={t('people.explain')}>
      <div className={frame.scroll}>
        <Stack p="sm" gap="sm" maw={860}>
          <Text size="sm" c="var(--quiet)">{t('people.explainNote')}</Text>
          <Group gap="sm" align="flex-end">
            <Select label={t('people.person')} placeholder={t('people.choosePerson')} flex="1 1 240px" searchable data={(people.data ?? []).map((one) => ({ value: one.id, label: `${one.display_name} (${one.login})` }))} value={person || null} onChange={(value) => go({ person: value ?? undefined })} nothingFoundMessage={t('palette.nothing')} />
            <Select label={t('people.permission')} placeholder={t('people.choosePermission')} flex="2 1 340px" searchable limit={120} data={choices} value={permission || null} onChange={(value) => go({ permission: value ?? undefined })} nothingFoundMessage={t('palette.nothing')} maxDropdownHeight={340} />
          </Group>
          {person && permission ? <Answer of={answer} rows={3}>{(one) => <Verdict answer={one} person={found} permission={roles.data?.permissions.find((each) => each.name === permission)} />}</Answer> : <Empty title={t('people.explainEmpty')}>{t('people.explainNext')}</Empty>}
        </Stack>
      </div>
    </PeopleFrame>
  );
}
