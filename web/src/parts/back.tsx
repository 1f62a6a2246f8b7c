// The way back to the page that lists what is shown.
import { Group } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { GoLink } from './go-link.tsx';

export function Back({ to, children }: { to: string; children: string }) {
  return (
    <GoLink to={to} size="sm">
      <Group gap={4} wrap="nowrap"><IconArrowLeft size={14} aria-hidden />{children}</Group>
    </GoLink>
  );
}
