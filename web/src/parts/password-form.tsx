// Changing one's own password; all other sessions end with it.
import { Alert, Button, List, PasswordInput, Stack, Text } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask } from '@/api/client.ts';
import { Problem } from '@/api/problem.ts';
import { useProblemWords } from './states.tsx';

const shortest = 12;

export function PasswordForm({ login, onDone }: { login: string; onDone: () => Promise<void> }) {
  const { t } = useTranslation();
  const words = useProblemWords();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [again, setAgain] = useState('');
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<unknown>(null);
  const short = next !== '' && [...next].length < shortest;
  const differs = again !== '' && again !== next;
  const ready = current !== '' && next !== '' && !short && again === next;

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!ready) return;
    setBusy(true);
    setWrong(null);
    try {
      await ask(api.POST('/point/me/password', { body: { current, next } }));
      setCurrent('');
      setNext('');
      setAgain('');
      await onDone();
    } catch (problem) {
      setWrong(problem);
    } finally {
      setBusy(false);
    }
  };

  const show = { 'aria-label': t('login.show') };
  return (
    <form onSubmit={(event) => void submit(event)}>
      <Stack gap="sm" maw={380}>
        <input type="text" name="username" autoComplete="username" value={login} readOnly hidden />
        <PasswordInput label={t('password.current')} value={current} onChange={(e) => setCurrent(e.currentTarget.value)} autoComplete="current-password" required visibilityToggleButtonProps={show} />
        <PasswordInput label={t('password.next')} description={t('password.rule', { count: shortest })} value={next} onChange={(e) => setNext(e.currentTarget.value)} autoComplete="new-password" required error={short && t('password.short', { count: shortest })} visibilityToggleButtonProps={show} />
        <PasswordInput label={t('password.again')} value={again} onChange={(e) => setAgain(e.currentTarget.value)} autoComplete="new-password" required error={differs && t('password.differs')} visibilityToggleButtonProps={show} />
        {wrong !== null && (
          <Alert color="red" role="alert">
            <Text size="sm">{words(wrong)}</Text>
            {wrong instanceof Problem && wrong.problems.length > 1 && <List size="sm">{wrong.problems.map((one) => <List.Item key={one.message}>{one.message}</List.Item>)}</List>}
          </Alert>
        )}
        <Button type="submit" loading={busy} disabled={!ready}>{t('password.change')}</Button>
      </Stack>
    </form>
  );
}
