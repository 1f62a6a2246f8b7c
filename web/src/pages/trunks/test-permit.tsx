// A permit made to order, on test sites: to see what the edge does with a fresh, used, expired or foreign one.
import { Alert, Button, Code, CopyButton, Group, Select, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask, type Schemas } from '@/api/client.ts';
import { useTicking } from '@/parts/clock.ts';
import { Section } from '@/parts/section.tsx';
import { useProblemWords } from '@/parts/states.tsx';
import { Tag } from '@/parts/tag.tsx';
import { timer } from '@/parts/time-text.ts';
import { callerRule } from './did-target.ts';
import classes from './trunks.module.css';

const permitStates = ['fresh', 'used', 'expired', 'foreign'] as const;
const slotRule = /^[678]\d{3,5}$/;

function Made({ permit }: { permit: Schemas['minted_permit'] }) {
  const { t } = useTranslation();
  const end = Date.parse(permit.expires_at);
  const left = useTicking(useCallback((now: number) => (now < end ? timer(end - now) : ''), [end]));
  return (
    <Stack gap={6} role="status">
      <Code className={classes.permit}>{permit.permit}</Code>
      <Group gap="xs">
        <Tag tone={left === '' ? 'plain' : 'good'}>{left === '' ? t('trunks.permitOver') : t('trunks.permitFor', { left })}</Tag>
        <Text span size="sm">{t('trunks.permitOf', { slot: permit.slot })}</Text>
        <CopyButton value={permit.permit}>{({ copied, copy }) => <Button size="compact-xs" variant="default" onClick={copy}>{t(copied ? 'parts.copied' : 'parts.copy')}</Button>}</CopyButton>
      </Group>
    </Stack>
  );
}

export function TestPermit() {
  const { t } = useTranslation();
  const words = useProblemWords();
  const [state, setState] = useState<string>('fresh');
  const [slot, setSlot] = useState('');
  const [number, setNumber] = useState('');
  const [busy, setBusy] = useState(false);
  const [made, setMade] = useState<Schemas['minted_permit'] | null>(null);
  const [wrong, setWrong] = useState<unknown>(null);
  const good = slotRule.test(slot) && callerRule.test(number);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!good || busy) return;
    setBusy(true);
    setWrong(null);
    setMade(null);
    try {
      setMade(await ask(api.POST('/ottb/test-permits', { body: { state, slot, number } })));
    } catch (problem) {
      setWrong(problem);
    }
    setBusy(false);
  };
  return (
    <Section title={t('trunks.testPermit')} note={t('trunks.permitWhat')}>
      <form onSubmit={(event) => void submit(event)}>
        <Stack gap="sm">
          <Group gap="xs" align="flex-start">
            <TextInput label={t('trunks.fromSlot')} placeholder="7001" w={110} value={slot} onChange={(e) => setSlot(e.currentTarget.value.trim())} inputMode="numeric" autoComplete="off" />
            <TextInput label={t('trunks.number')} placeholder="+15550000001" w={170} value={number} onChange={(e) => setNumber(e.currentTarget.value.trim())} error={number !== '' && !callerRule.test(number) ? t('trunks.callerRule') : undefined} inputMode="tel" autoComplete="off" />
            <Select label={t('wall.state')} w={150} data={permitStates.map((value) => ({ value, label: t(`trunks.permits.${value}`) }))} value={state} onChange={(value) => value && setState(value)} allowDeselect={false} />
          </Group>
          <Group><Button type="submit" variant="default" disabled={!good} loading={busy}>{t('trunks.makePermit')}</Button></Group>
        </Stack>
      </form>
      {wrong !== null && <Alert color="red" role="alert">{words(wrong)}</Alert>}
      {made && <Made permit={made} />}
    </Section>
  );
}
