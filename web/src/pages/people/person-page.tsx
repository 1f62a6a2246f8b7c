// One person: who, which roles, what can be done, and where he is signed in.
import { Button, Code, Group, SimpleGrid, Stack } from '@mantine/core';
import { IconArrowLeft, IconPencil } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay, useMe } from '@/api/me.ts';
import { Problem } from '@/api/problem.ts';
import { Fact, Facts } from '@/parts/facts.tsx';
import { GoLink } from '@/parts/go-link.tsx';
import { PageHead, Section } from '@/parts/section.tsx';
import { AgainButton } from './again.tsx';
import { useDeeds } from '@/parts/shortcuts.ts';
import { Empty, Failed, Loading, StaleNote } from '@/parts/states.tsx';
import { Tag } from '@/parts/tag.tsx';
import { Time } from '@/parts/time.tsx';
import { EditPerson } from './edit-person.tsx';
import { StateOf } from './people-rows.tsx';
import { PersonDeeds } from './person-deeds.tsx';
import { PersonSessions } from './person-sessions.tsx';
import { type Person, personQuery, rolesQuery } from './questions.ts';

function Identity({ person, onEdit }: { person: Person; onEdit: (() => void) | null }) {
  const { t } = useTranslation();
  const may = useMay();
  return (
    <Section title={t('people.identity')} action={onEdit && <Button variant="default" leftSection={<IconPencil size={14} aria-hidden />} onClick={onEdit}>{t('people.edit')}</Button>}>
      <Facts>
        <Fact name={t('people.login')}>{person.login}</Fact>
        <Fact name={t('people.created')}><Time at={person.created_at} /></Fact>
        <Fact name={t('people.changed')}><Time at={person.updated_at} /></Fact>
        <Fact name={t('people.version')}>{person.version}</Fact>
      </Facts>
      <Group gap={4}>{person.roles.length === 0 ? t('people.noRoles') : person.roles.map((role) => <Tag key={role}>{role}</Tag>)}</Group>
      <Group gap="md">
        {may('point.role.read') && <GoLink to="/people/explain" search={{ person: person.id }} size="sm">{t('people.explain')}</GoLink>}
        {may('point.audit.read') && <GoLink to="/audit" search={{ actor: person.id }} size="sm">{t('people.didWhat')}</GoLink>}
        {may('point.audit.read') && <GoLink to="/audit" search={{ object: `person:${person.id}` }} size="sm">{t('people.doneTo')}</GoLink>}
      </Group>
    </Section>
  );
}

export function PersonPage() {
  const { t } = useTranslation();
  const { person: id } = useParams({ from: '/inside/frame/people/$person' });
  const may = useMay();
  const me = useMe();
  const found = useQuery(personQuery(id));
  const roles = useQuery({ ...rolesQuery, enabled: may('point.role.read') });
  const [editing, setEditing] = useState(false);
  const person = found.data;
  const canEdit = person !== undefined && may('point.person.update');
  useDeeds(canEdit ? [{ id: 'person edit', label: t('people.edit'), group: person.login, key: 'e', run: () => setEditing(true) }] : []);
  const back = (
    <GoLink to="/people" size="sm">
      <Group gap={4}><IconArrowLeft size={14} aria-hidden />{t('people.people')}</Group>
    </GoLink>
  );
  if (!person) {
    const absent = found.error instanceof Problem && (found.error.status === 404 || found.error.status === 422);
    return (
      <Stack p="sm" gap="sm">
        {back}
        {absent ? <Empty title={t('people.absent')}>{t('people.absentNext')}</Empty> : found.isPending ? <Loading /> : <Failed why={found.error} onRetry={() => void found.refetch()} />}
      </Stack>
    );
  }
  return (
    <Stack p="sm" gap="sm" maw={1180}>
      {back}
      {found.isError && <StaleNote heard={found.dataUpdatedAt} />}
      <PageHead title={person.display_name} note={<Group gap={6}><Code>{person.login}</Code><StateOf person={person} />{person.id === me.id && <Tag>{t('people.you')}</Tag>}</Group>}><AgainButton /></PageHead>
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="sm">
        <Identity person={person} onEdit={canEdit ? () => setEditing(true) : null} />
        <PersonDeeds person={person} />
      </SimpleGrid>
      {may('point.session.read') && <PersonSessions person={person.id} />}
      {editing && <EditPerson person={person} roles={roles.data?.roles ?? []} onClose={() => setEditing(false)} />}
    </Stack>
  );
}
