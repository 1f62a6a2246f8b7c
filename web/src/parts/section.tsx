// A page's parts: its head with what can be done, and plates of one subject each.
import { Group, Paper, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';

export function PageHead({ title, children, note }: { title: ReactNode; children?: ReactNode; note?: ReactNode }) {
  return (
    <Group justify="space-between" gap="sm" align="center">
      <Group gap="sm" align="baseline">
        <Title order={1}>{title}</Title>
        {note && <Text size="sm" c="var(--quiet)" component="div">{note}</Text>}
      </Group>
      {children && <Group gap={6}>{children}</Group>}
    </Group>
  );
}

export function Section({ title, children, action, note }: { title: string; children: ReactNode; action?: ReactNode; note?: ReactNode }) {
  return (
    <Paper component="section" bd="1px solid var(--line)" p="sm" bg="var(--panel)" aria-label={title}>
      <Stack gap="xs">
        <Group justify="space-between" gap="xs">
          <Title order={2}>{title}</Title>
          {action}
        </Group>
        {note && <Text size="sm" c="var(--quiet)">{note}</Text>}
        {children}
      </Stack>
    </Paper>
  );
}
