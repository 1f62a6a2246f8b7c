// The one-time token: as text, as a picture, as lines to type; and whether the device has used it.
import { Alert, Button, Code, CopyButton, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask, type Schemas } from '@/api/client.ts';
import { useMay } from '@/api/me.ts';
import { useTicking } from '@/parts/clock.ts';
import { GoLink } from '@/parts/go-link.tsx';
import { Qr } from '@/parts/qr.tsx';
import { Tag } from '@/parts/tag.tsx';
import { timer } from '@/parts/time-text.ts';
import classes from './archonts.module.css';
import { enrolCommand, enrolOptions } from './enrol.ts';

const look = 2_000;

interface EnrolTokenProps {
  made: Schemas['enrol_token_answer'];
  before: string | undefined; // fingerprint of the certificate that the label has already
  onClose: () => void;
}

export function EnrolToken({ made, before, onClose }: EnrolTokenProps) {
  const { t } = useTranslation();
  const mayLook = useMay()('point.archont.read');
  const end = Date.parse(made.expires_at);
  const left = useTicking(useCallback((now: number) => (now < end ? timer(end - now) : ''), [end]));
  const archont = useQuery({
    queryKey: ['archonts', made.id],
    queryFn: ({ signal }) => ask(api.GET('/point/archonts/{archont}', { params: { path: { archont: made.id } }, signal })),
    refetchInterval: look,
    enabled: mayLook,
  });
  const used = archont.data?.state === 'active' && archont.data.fingerprint !== before;
  const command = enrolCommand(made.token);
  return (
    <Stack gap="sm">
      <Alert color="yellow">{t('archonts.once')}</Alert>
      <Group align="flex-start" gap="md" wrap="nowrap">
        <Qr text={made.token} label={t('archonts.qr')} size={168} />
        <Stack gap={6} miw={0} flex={1}>
          <Text size="sm" fw={600}>{t('archonts.token')}</Text>
          <Code fz="sm" className={classes.token}>{made.token}</Code>
          <Group gap={6}>
            <CopyButton value={made.token}>{({ copied, copy }) => <Button variant="default" onClick={copy}>{t(copied ? 'parts.copied' : 'archonts.copyToken')}</Button>}</CopyButton>
          </Group>
          <Group gap={6} role="status">
            {used ? <Tag tone="good">{t('archonts.used')}</Tag> : left === '' ? <Tag tone="bad">{t('archonts.expired')}</Tag> : <Tag tone="warn">{mayLook ? t('archonts.waiting') : t('archonts.valid')}</Tag>}
            {!used && left !== '' && <Text span size="sm">{left}</Text>}
            {used && <GoLink to="/archonts/$hub" params={{ hub: made.id }} size="sm" onClick={onClose}>{t('archonts.toHub')}</GoLink>}
          </Group>
        </Stack>
      </Group>
      <Text size="sm" fw={600}>{t('archonts.type')}</Text>
      <pre className={classes.command}>{command}</pre>
      <Text size="sm" c="var(--quiet)">{t('archonts.options')}</Text>
      <pre className={classes.command}>{enrolOptions(location.origin)}</pre>
      <Group justify="flex-end" gap="xs">
        <CopyButton value={command}>{({ copied, copy }) => <Button variant="default" onClick={copy}>{t(copied ? 'parts.copied' : 'archonts.copyCommand')}</Button>}</CopyButton>
        <Button onClick={onClose}>{t('parts.close')}</Button>
      </Group>
    </Stack>
  );
}
