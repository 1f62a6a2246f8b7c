// A new person: login, name and roles; then the one-time password, once.
import { Alert, Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask, type Schemas } from '@/api/client.ts';
import { useProblemWords } from '@/parts/states.tsx';
import { OneTime } from './one-time.tsx';
import { loginForm } from './people.ts';
import type { Role } from './questions.ts';
import { RoleBoxes } from './role-boxes.tsx';

export function AddPerson({ roles, onClose }: { roles: readonly Role[]; onClose: () => void }) {
  const { t } = useTranslation();
  const words = useProblemWords();
  const queries = useQueryClient();
  const [login, setLogin] = useState('');
  const [name, setName] = useState('');
  const [chosen, setChosen] = useState<string[]>([]);
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<unknown>(null);
  const [made, setMade] = useState<Schemas['person_created'] | null>(null);
  const badLogin = login !== '' && !loginForm.test(login);
  const ready = loginForm.test(login) && name.trim() !== '';

  const add = async (event: FormEvent) => {
    event.preventDefault();
    if (!ready || busy) return;
    setBusy(true);
    setWrong(null);
    try {
      setMade(await ask(api.POST('/point/people', { body: { login, display_name: name.trim(), roles: chosen } })));
      void queries.invalidateQueries({ queryKey: ['people'] });
    } catch (problem) {
      setWrong(problem);
      setBusy(false);
    }
  };

  if (made) return <OneTime login={made.person.login} given={made.first_password} onClose={onClose} />;
  return (
    <Modal opened onClose={onClose} title={<Text fw={650}>{t('people.add')}</Text>} closeButtonProps={{ 'aria-label': t('parts.close') }}>
      <form onSubmit={(event) => void add(event)}>
        <Stack gap="sm">
          <TextInput label={t('people.name')} value={name} onChange={(e) => setName(e.currentTarget.value)} maxLength={100} required data-autofocus autoComplete="off" />
          <TextInput label={t('people.login')} description={t('people.loginForm')} error={badLogin && t('people.loginForm')} value={login} onChange={(e) => setLogin(e.currentTarget.value)} maxLength={63} required autoComplete="off" spellCheck={false} />
          <RoleBoxes roles={roles} value={chosen} onChange={setChosen} />
          {wrong !== null && <Alert color="red" role="alert">{words(wrong)}</Alert>}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>{t('parts.cancel')}</Button>
            <Button type="submit" disabled={!ready} loading={busy}>{t('people.create')}</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
