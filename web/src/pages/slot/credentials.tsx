// The slot's SIP credentials: shown only when asked for (the look is logged), renewed after the number was typed.
import { ActionIcon, Alert, Button, Code, CopyButton, Group, Stack, Tooltip } from '@mantine/core';
import { IconCheck, IconCopy, IconEye, IconRefresh } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask, type Schemas } from '@/api/client.ts';
import { useMay } from '@/api/me.ts';
import { Confirm } from '@/parts/confirm.tsx';
import { Fact, Facts } from '@/parts/facts.tsx';
import { Section } from '@/parts/section.tsx';
import { useProblemWords } from '@/parts/states.tsx';

const permission = 'ottb.slot.credentials';
const hideAfter = 60_000;

export function Credentials({ number, retired }: { number: string; retired: boolean }) {
  const { t } = useTranslation();
  const words = useProblemWords();
  const may = useMay()(permission);
  const [shown, setShown] = useState<Schemas['slot_credentials_view'] | null>(null);
  const [wrong, setWrong] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const [renewing, setRenewing] = useState(false);
  const how = { params: { path: { number } } };

  useEffect(() => {
    if (!shown) return;
    const timer = setTimeout(() => setShown(null), hideAfter);
    return () => clearTimeout(timer);
  }, [shown]);

  const look = async () => {
    setBusy(true);
    setWrong(null);
    try {
      setShown(await ask(api.GET('/ottb/slots/{number}/credentials', how)));
    } catch (problem) {
      setWrong(problem);
    } finally {
      setBusy(false);
    }
  };

  const secret = shown && (
    <Group gap={4} wrap="nowrap">
      <Code>{shown.password}</Code>
      <CopyButton value={shown.password}>
        {({ copied, copy }) => <ActionIcon size="sm" aria-label={t('parts.copy')} onClick={copy}>{copied ? <IconCheck size={14} /> : <IconCopy size={14} />}</ActionIcon>}
      </CopyButton>
    </Group>
  );
  const buttons = (
    <Group gap={6}>
      <Button variant="default" leftSection={<IconEye size={14} aria-hidden />} disabled={!may} loading={busy} onClick={() => (shown ? setShown(null) : void look())}>{t(shown ? 'slot.hide' : 'slot.show')}</Button>
      <Button variant="light" color="red" leftSection={<IconRefresh size={14} aria-hidden />} disabled={!may || retired} onClick={() => setRenewing(true)}>{t('slot.renew')}</Button>
    </Group>
  );
  return (
    <Section title={t('slot.credentials')} action={may ? buttons : <Tooltip label={t('parts.needs', { permission })}><span>{buttons}</span></Tooltip>} note={shown ? t('slot.hides') : t('slot.credentialsNote')}>
      {wrong !== null && <Alert color="red">{words(wrong)}</Alert>}
      {shown && (
        <Stack gap="xs">
          <Facts>
            <Fact name={t('slot.user')}>{shown.user}</Fact>
            <Fact name={t('slot.realm')}>{shown.realm}</Fact>
            <Fact name={t('slot.proxy')}>{shown.proxy}</Fact>
            <Fact name={t('login.password')}>{secret}</Fact>
          </Facts>
        </Stack>
      )}
      {renewing && (
        <Confirm title={`${t('slot.credentials')}: ${number}`} verb={t('slot.renew')} danger typed={number} onDo={async () => setShown(await ask(api.POST('/ottb/slots/{number}/credentials', how)))} onClose={() => setRenewing(false)}>
          {t('slot.renewText')}
        </Confirm>
      )}
    </Section>
  );
}
