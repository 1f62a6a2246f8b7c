import { Group, Text } from '@mantine/core';
import { GoLink } from './go-link.tsx';
import icon from '@/icon.svg';

export function Mark() {
  return (
    <GoLink to="/" underline="never" c="inherit">
      <Group gap={8} wrap="nowrap">
        <img src={icon} alt="" width={22} height={22} />
        <Text span fw={700} size="sm" lh={1} visibleFrom="xs" style={{ whiteSpace: 'nowrap' }}>VSS DEMIURGE</Text>
      </Group>
    </GoLink>
  );
}
