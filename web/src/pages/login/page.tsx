// Signing in: login and password, then the code where a second factor is set.
import { Alert, Anchor, Button, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask } from '@/api/client.ts';
import { Problem } from '@/api/problem.ts';
import { Trail, useProblemWords } from '@/parts/states.tsx';
import { begin } from '@/session.ts';
import { Gatehouse } from './gatehouse.tsx';
import { safeNext } from './next.ts';

export function LoginPage() {
  const { t } = useTranslation();
  const words = useProblemWords();
  const navigate = useNavigate();
  const { next } = useSearch({ from: '/login' });
  const [login, setLogin] = useState('');
  const [password, setPassword] = useState('');
  const [step, setStep] = useState<'password' | 'code' | 'recovery'>('password');
  const [code, setCode] = useState('');
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<unknown>(null);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setWrong(null);
    try {
      const given = step === 'password' ? {} : { code: code.replaceAll(/\s/g, '') };
      begin(await ask(api.POST('/point/browser/login', { body: { login: login.trim(), password, ...given } })));
      await navigate({ href: safeNext(next), replace: true });
    } catch (problem) {
      setBusy(false);
      setCode('');
      if (problem instanceof Problem && problem.is('second-factor') && step === 'password') setStep('code');
      else setWrong(problem);
    }
  };

  const said = (problem: unknown) => {
    if (!(problem instanceof Problem) || problem.status !== 401) return words(problem);
    return problem.is('second-factor') ? t(step === 'recovery' ? 'login.wrongRecovery' : 'login.wrongCode') : t('login.wrong');
  };

  return (
    <Gatehouse>
      <form onSubmit={(event) => void submit(event)}>
        <Stack gap="sm">
          <Title order={1}>{step === 'password' ? t('login.title') : t('login.second')}</Title>
          {step === 'password' ? (
            <>
              <TextInput size="sm" label={t('login.login')} value={login} onChange={(e) => setLogin(e.currentTarget.value)} autoComplete="username" autoCapitalize="none" spellCheck={false} required data-autofocus autoFocus />
              <PasswordInput size="sm" label={t('login.password')} value={password} onChange={(e) => setPassword(e.currentTarget.value)} autoComplete="current-password" required visibilityToggleButtonProps={{ 'aria-label': t('login.show') }} />
            </>
          ) : (
            <>
              <Text size="sm">{t(step === 'code' ? 'login.codeHint' : 'login.recoveryHint')}</Text>
              <TextInput
                key={step}
                size="md"
                label={t(step === 'code' ? 'login.code' : 'login.recovery')}
                value={code}
                onChange={(e) => setCode(e.currentTarget.value)}
                autoComplete="one-time-code"
                inputMode={step === 'code' ? 'numeric' : 'text'}
                maxLength={step === 'code' ? 7 : 40}
                required
                autoFocus
                styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', letterSpacing: '0.15em' } }}
              />
            </>
          )}
          {wrong !== null && (
            <Alert color="red" role="alert">
              {said(wrong)}
              {wrong instanceof Problem && wrong.status !== 401 && <Trail of={wrong} />}
            </Alert>
          )}
          <Button type="submit" size="sm" loading={busy} fullWidth>{t('login.enter')}</Button>
          {step !== 'password' && (
            <Stack gap={4} align="center">
              <Anchor component="button" type="button" size="sm" onClick={() => setStep(step === 'code' ? 'recovery' : 'code')}>
                {t(step === 'code' ? 'login.useRecovery' : 'login.useCode')}
              </Anchor>
              <Anchor component="button" type="button" size="sm" onClick={() => { setStep('password'); setPassword(''); setWrong(null); }}>
                {t('login.other')}
              </Anchor>
            </Stack>
          )}
        </Stack>
      </form>
    </Gatehouse>
  );
}
