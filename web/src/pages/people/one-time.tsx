// A one-time password, shown once: there is no way to see it again.
import { ActionIcon, Alert, Button, Code, CopyButton, Group, Modal, Stack, Text } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '@/api/client.ts';
import { Time } from '@/parts/time.tsx';

export function OneTime({ login, given, onClose }: { login: string; given: Schemas['one_time_password']; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal opened onClose={onClose} closeOnClickOutside={false} closeOnEscape={false} withCloseButton={false} title={<Text fw={650}>{t('people.oneTime', { login })}</Text>}>
      <Stack gap="sm">
        <Alert color="yellow">{t('people.once')}</Alert>
        <Group gap={6} wrap="nowrap">
          <Code fz="lg" p="xs" flex={1} data-secret>{given.password}</Code>
          <CopyButton value={given.password}>
            {({ copied, copy }) => <ActionIcon size="lg" aria-label={t(copied ? 'parts.copied' : 'parts.copy')} onClick={copy}>{copied ? <IconCheck size={16} /> : <IconCopy size={16} />}</ActionIcon>}
          </CopyButton>
        </Group>
        <Text size="sm">{t('people.onceUntil')} <Time at={given.expires_at} />. {t('people.onceNext')}</Text>
        <Group justify="flex-end"><Button onClick={onClose} data-autofocus>{t('people.onceDone')}</Button></Group>
      </Stack>
    </Modal>
  );
}
