// Turning the second factor on and off. The secret is drawn here and goes nowhere.
import { Alert, Button, Code, CopyButton, Group, List, PasswordInput, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask } from '@/api/client.ts';
import { useMe, useMeAgain } from '@/api/me.ts';
import { Section } from '@/parts/section.tsx';
import { useProblemWords } from '@/parts/states.tsx';
import { Tag } from '@/parts/tag.tsx';
import { Qr } from '@/parts/qr.tsx';

type Step = { at: 'rest' } | { at: 'password'; off: boolean } | { at: 'scan'; secret: string; uri: string } | { at: 'codes'; codes: string[] };

interface StepFormProps {
  field: (value: string, set: (value: string) => void) => ReactNode;
  verb: string;
  color?: string;
  onCancel: () => void;
  onSubmit: (value: string) => Promise<void>;
}

function StepForm({ field, verb, color, onCancel, onSubmit }: StepFormProps) {
  const { t } = useTranslation();
  const words = useProblemWords();
  const [value, setValue] = useState('');
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<unknown>(null);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setWrong(null);
    try {
      await onSubmit(value);
    } catch (problem) {
      setWrong(problem);
      setBusy(false);
    }
  };
  return (
    <form onSubmit={(event) => void submit(event)}>
      <Stack gap="xs" maw={320}>
        {field(value, setValue)}
        {wrong !== null && <Alert color="red" role="alert">{words(wrong)}</Alert>}
        <Group gap="xs">
          <Button type="submit" loading={busy} disabled={value === ''} color={color}>{verb}</Button>
          <Button variant="default" onClick={onCancel}>{t('parts.cancel')}</Button>
        </Group>
      </Stack>
    </form>
  );
}

export function SecondFactor() {
  const { t } = useTranslation();
  const on = useMe().second_factor;
  const again = useMeAgain();
  const [step, setStep] = useState<Step>({ at: 'rest' });
  const rest = () => setStep({ at: 'rest' });

  const afterPassword = async (password: string, off: boolean) => {
    if (off) {
      await ask(api.DELETE('/point/me/second-factor', { body: { password } }));
      await again();
      rest();
    } else {
      const { secret, uri } = await ask(api.POST('/point/me/second-factor', { body: { password } }));
      setStep({ at: 'scan', secret, uri });
    }
  };
  const confirm = async (code: string) => {
    const { recovery_codes: codes } = await ask(api.POST('/point/me/second-factor/confirm', { body: { code: code.replaceAll(/\s/g, '') } }));
    setStep({ at: 'codes', codes });
    await again();
  };

  const badge = <Tag tone={on ? 'good' : 'plain'}>{t(on ? 'second.on' : 'second.off')}</Tag>;
  return (
    <Section title={t('second.title')} action={badge} note={step.at === 'rest' ? t('second.what') : undefined}>
      {step.at === 'rest' && (
        <Group>
          <Button variant={on ? 'light' : 'filled'} color={on ? 'red' : undefined} onClick={() => setStep({ at: 'password', off: on })}>{t(on ? 'second.turnOff' : 'second.turnOn')}</Button>
        </Group>
      )}
      {step.at === 'password' && (
        <StepForm
          key="password"
          verb={t(step.off ? 'second.turnOff' : 'second.next')}
          color={step.off ? 'red' : undefined}
          onCancel={rest}
          onSubmit={(password) => afterPassword(password, step.off)}
          field={(value, set) => <PasswordInput label={t('password.current')} value={value} onChange={(e) => set(e.currentTarget.value)} autoComplete="current-password" autoFocus required visibilityToggleButtonProps={{ 'aria-label': t('login.show') }} />}
        />
      )}
      {step.at === 'scan' && (
        <Group align="flex-start" gap="md">
          <Qr text={step.uri} label={t('second.qr')} />
          <Stack gap="xs" flex="1 1 220px">
            <List type="ordered" size="sm" spacing={4}>
              <List.Item>{t('second.scan')}</List.Item>
              <List.Item>{t('second.orType')} <Code>{step.secret.replaceAll(/(.{4})(?=.)/g, '$1 ')}</Code></List.Item>
              <List.Item>{t('second.enter')}</List.Item>
            </List>
            <StepForm
              key="scan"
              verb={t('second.confirm')}
              onCancel={rest}
              onSubmit={confirm}
              field={(value, set) => <TextInput label={t('login.code')} value={value} onChange={(e) => set(e.currentTarget.value)} inputMode="numeric" autoComplete="one-time-code" maxLength={7} autoFocus required />}
            />
          </Stack>
        </Group>
      )}
      {step.at === 'codes' && (
        <Stack gap="xs">
          <Alert color="yellow">{t('second.once')}</Alert>
          <SimpleGrid cols={2} spacing={4} maw={340}>{step.codes.map((code) => <Code key={code} fz="sm">{code}</Code>)}</SimpleGrid>
          <Group gap="xs">
            <CopyButton value={step.codes.join('\n')}>{({ copied, copy }) => <Button variant="default" onClick={copy}>{t(copied ? 'parts.copied' : 'parts.copy')}</Button>}</CopyButton>
            <Button onClick={rest}>{t('second.kept')}</Button>
          </Group>
          <Text size="xs" c="var(--quiet)">{t('second.codeUse')}</Text>
        </Stack>
      )}
    </Section>
  );
}
