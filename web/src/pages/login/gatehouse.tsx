// The plate in the middle of the page that people without a session see.
import { Box, Center, Group, Paper, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import icon from '@/icon.svg';
import { Looks } from '@/parts/looks.tsx';

export function Gatehouse({ children }: { children: ReactNode }) {
  return (
    <Center component="main" mih="100vh" p="md">
      <Box w="100%" maw={360}>
        <Group justify="space-between" mb="md">
          <Group gap={10}>
            <img src={icon} alt="" width={30} height={30} />
            <Text fw={700}>VSS DEMIURGE</Text>
          </Group>
          <Looks />
        </Group>
        <Paper bd="1px solid var(--line)" p="lg" radius="md" bg="var(--panel)">
          {children}
        </Paper>
      </Box>
    </Center>
  );
}
