// The fields of a trunk: where it is, who we are there, what it bears, and how it wants its numbers.
import { Checkbox, NumberInput, PasswordInput, Select, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { TrunkDraft } from './trunk-draft.ts';
import classes from './trunks.module.css';

interface TrunkFieldsProps {
  draft: TrunkDraft;
  hasSecret: boolean;
  wrong: Partial<Record<keyof TrunkDraft, string>>;
  onChange: (change: Partial<TrunkDraft>) => void;
}

type Named<T> = { [K in keyof TrunkDraft]: TrunkDraft[K] extends T ? K : never }[keyof TrunkDraft];

export function TrunkFields({ draft, hasSecret, wrong, onChange }: TrunkFieldsProps) {
  const { t } = useTranslation();
  const word = (name: keyof TrunkDraft) => t(`trunks.fields.${name}`);
  const text = (name: Named<string>, more: { required?: boolean; description?: string; placeholder?: string } = {}) => (
    <TextInput label={word(name)} value={draft[name]} error={wrong[name]} onChange={(e) => onChange({ [name]: e.currentTarget.value })} spellCheck={false} autoComplete="off" {...more} />
  );
  const number = (name: Named<number>, min: number, max: number) => (
    <NumberInput size="xs" label={word(name)} value={draft[name]} error={wrong[name]} onChange={(value) => onChange({ [name]: Number(value) || 0 })} min={min} max={max} allowDecimal={false} clampBehavior="blur" />
  );
  const choice = (name: Named<string>, values: readonly { value: string; label: string }[]) => (
    <Select label={word(name)} data={values as { value: string; label: string }[]} value={draft[name]} error={wrong[name]} onChange={(value) => value !== null && onChange({ [name]: value })} allowDeselect={false} />
  );
  const check = (name: Named<boolean>, description?: string) => <Checkbox label={word(name)} description={description} checked={draft[name]} onChange={(e) => onChange({ [name]: e.currentTarget.checked })} />;
  const same = (...values: string[]) => values.map((value) => ({ value, label: value.toUpperCase() }));
  const registers = draft.mode === 'register';
  return (
    <Stack gap="sm">
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="xs" verticalSpacing="xs">
        {text('name', { required: true })}
        {text('host', { required: true, placeholder: 'sip.carrier.example' })}
        {number('port', 1, 65_535)}
        {choice('transport', same('udp', 'tcp', 'tls'))}
        {choice('mode', [{ value: 'ip', label: t('trunks.modes.ip') }, { value: 'register', label: t('trunks.modes.register') }])}
        {text('prefix', { description: t('trunks.prefixNote'), placeholder: '+7495' })}
      </SimpleGrid>
      <SimpleGrid cols={{ base: 2, xs: 4 }} spacing="xs">
        {number('cps', 1, 500)}
        {number('channels', 1, 5000)}
        {number('priority', 0, 1000)}
        {number('weight', 0, 1000)}
      </SimpleGrid>
      <SimpleGrid cols={{ base: 1, xs: 3 }} spacing="xs">
        {text('auth_user')}
        {text('auth_realm')}
        <PasswordInput label={word('auth_secret')} placeholder={hasSecret ? t('trunks.secretKept') : undefined} value={draft.auth_secret} error={wrong.auth_secret} onChange={(e) => onChange({ auth_secret: e.currentTarget.value })} autoComplete="new-password" maxLength={200} visibilityToggleButtonProps={{ 'aria-label': t('login.show') }} />
      </SimpleGrid>
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="xs">
        {check('enabled')}
        {check('simulated', t('trunks.simulatedNote'))}
      </SimpleGrid>
      <details className={classes.more}>
        <summary>{t('trunks.dialect')}</summary>
        <SimpleGrid cols={{ base: 1, xs: 3 }} spacing="xs" verticalSpacing="xs">
          {number('strip', 0, 4)}
          {text('dial_prefix')}
          {text('inbound_prefix')}
          {text('from_user', { placeholder: t('trunks.fromCaller') })}
          {text('from_domain')}
          {choice('identity', [{ value: 'pai', label: 'P-Asserted-Identity' }, { value: 'rpid', label: 'Remote-Party-ID' }, { value: 'none', label: t('trunks.noIdentity') }])}
          {choice('dtmf', [{ value: 'rfc4733', label: 'RFC 4733' }, { value: 'info', label: 'SIP INFO' }])}
          {registers && number('register_every', 30, 86_400)}
          {text('peers', { placeholder: '203.0.113.7 203.0.113.8' })}
        </SimpleGrid>
        <Stack mt="xs">{check('probe', t('trunks.probeNote'))}</Stack>
      </details>
    </Stack>
  );
}
