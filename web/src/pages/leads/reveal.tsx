// The number in full: asked for with a reason, written into the audit log, hidden again after a minute.
import { ActionIcon, Button, Code, CopyButton, Group, Text, Tooltip } from '@mantine/core';
import { IconCheck, IconCopy, IconEye } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask } from '@/api/client.ts';
import { useMay } from '@/api/me.ts';
import { Confirm } from '@/parts/confirm.tsx';
import { useDeeds } from '@/parts/shortcuts.ts';

const permission = 'ottb.lead.reveal';
const hideAfter = 60_000;

export function Reveal({ id }: { id: string }) {
  const { t } = useTranslation();
  const may = useMay()(permission);
  const [asked, setAsked] = useState(false);
  const [number, setNumber] = useState<string | null>(null);
  useEffect(() => {
    if (number === null) return;
    const timer = setTimeout(() => setNumber(null), hideAfter);
    return () => clearTimeout(timer);
  }, [number]);
  useDeeds(may ? [{ id: 'lead reveal', label: t('leads.reveal.do'), group: t('leads.title'), run: () => setAsked(true) }] : []);
  const show = async (reason: string) => setNumber((await ask(api.POST('/ottb/leads/{lead}/reveal', { params: { path: { lead: id } }, body: { reason } }))).number);
  if (number !== null) {
    return (
      <Group gap={6}>
        <Code fz="md" fw={700}>{number}</Code>
        <CopyButton value={number}>{({ copied, copy }) => <ActionIcon aria-label={t('parts.copy')} onClick={copy}>{copied ? <IconCheck size={15} /> : <IconCopy size={15} />}</ActionIcon>}</CopyButton>
        <Button variant="default" onClick={() => setNumber(null)}>{t('slot.hide')}</Button>
        <Text size="xs" c="var(--quiet)">{t('slot.hides')}</Text>
      </Group>
    );
  }
  const button = <Button variant="default" leftSection={<IconEye size={15} aria-hidden />} disabled={!may} onClick={() => setAsked(true)}>{t('leads.reveal.do')}</Button>;
  return (
    <div>
      {may ? button : <Tooltip label={t('parts.needs', { permission })}><span>{button}</span></Tooltip>}
      {asked && <Confirm title={t('leads.reveal.do')} verb={t('leads.reveal.verb')} reason onDo={show} onClose={() => setAsked(false)}>{t('leads.reveal.text')}</Confirm>}
    </div>
  );
}
