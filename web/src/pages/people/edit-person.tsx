// Changes a person's name and roles, from the version that was looked at: who was faster is not overwritten.
import { Alert, Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask } from '@/api/client.ts';
import { Problem } from '@/api/problem.ts';
import { say } from '@/parts/say.ts';
import { useProblemWords } from '@/parts/states.tsx';
import { ifMatch, type Person, personQuery, type Role } from './questions.ts';
import { RoleBoxes } from './role-boxes.tsx';

export function EditPerson({ person, roles, onClose }: { person: Person; roles: readonly Role[]; onClose: () => void }) {
  const { t } = useTranslation();
  const words = useProblemWords();
  const queries = useQueryClient();
  const [name, setName] = useState(person.display_name);
  const [chosen, setChosen] = useState(person.roles);
  const [from, setFrom] = useState(person);
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<unknown>(null);
  const same = name.trim() === from.display_name && chosen.toSorted().join(' ') === from.roles.toSorted().join(' ');

  const save = async (event: FormEvent) => {
    event.preventDefault();
    if (busy || same || name.trim() === '') return;
    setBusy(true);
    setWrong(null);
    try {
      const now = await ask(api.PATCH('/point/people/{person}', { params: { path: { person: person.id }, header: ifMatch(from.version) }, body: { display_name: name.trim(), roles: chosen } }));
      queries.setQueryData(personQuery(person.id).queryKey, now);
      void queries.invalidateQueries({ queryKey: ['people'], exact: true });
      say({ message: t('people.saved', { login: person.login }), color: 'teal' });
      onClose();
    } catch (problem) {
      setWrong(problem);
      setBusy(false);
      // Somebody was faster: what stands now is the ground of the next try.
      if (problem instanceof Problem && problem.status === 412) setFrom(await queries.fetchQuery({ ...personQuery(person.id), staleTime: 0 }));
    }
  };
  const outdated = wrong instanceof Problem && wrong.status === 412;
  return (
    <Modal opened onClose={onClose} title={<Text fw={650}>{person.login}</Text>} closeButtonProps={{ 'aria-label': t('parts.close') }}>
      <form onSubmit={(event) => void save(event)}>
        <Stack gap="sm">
          <TextInput label={t('people.name')} value={name} onChange={(e) => setName(e.currentTarget.value)} maxLength={100} required data-autofocus autoComplete="off" />
          <RoleBoxes roles={roles} value={chosen} onChange={setChosen} />
          <Text size="sm" c="var(--quiet)">{t('people.rolesAtOnce')}</Text>
          {wrong !== null && <Alert color={outdated ? 'yellow' : 'red'} role="alert">{outdated ? t('people.outdated', { roles: from.roles.join(', ') || '—' }) : words(wrong)}</Alert>}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>{t('parts.cancel')}</Button>
            <Button type="submit" disabled={same || name.trim() === ''} loading={busy}>{t('people.save')}</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
