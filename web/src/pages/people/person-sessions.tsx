// Where one person is signed in.
import { Table, Text, VisuallyHidden } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { agentWords } from '@/parts/agent.ts';
import { Answer } from '@/parts/answer.tsx';
import { Section } from '@/parts/section.tsx';
import { Time } from '@/parts/time.tsx';
import { EndSession } from './end-session.tsx';
import { sessionsQuery } from './questions.ts';

export function PersonSessions({ person }: { person: string }) {
  const { t } = useTranslation();
  const sessions = useQuery(sessionsQuery(person));
  return (
    <Section title={t('account.sessions')}>
      <Answer of={sessions} rows={3}>
        {(items) =>
          items.length === 0 ? (
            <Text size="sm" c="var(--quiet)">{t('people.noSessions')}</Text>
          ) : (
            <Table.ScrollContainer minWidth={620}>
              <Table>
                <Table.Thead>
                  <Table.Tr>
                    <Table.Th>{t('account.where')}</Table.Th>
                    <Table.Th>{t('account.address')}</Table.Th>
                    <Table.Th>{t('account.since')}</Table.Th>
                    <Table.Th>{t('account.seen')}</Table.Th>
                    <Table.Th>{t('account.until')}</Table.Th>
                    <Table.Th><VisuallyHidden>{t('parts.actions')}</VisuallyHidden></Table.Th>
                  </Table.Tr>
                </Table.Thead>
                <Table.Tbody>
                  {items.map((one) => (
                    <Table.Tr key={one.id}>
                      <Table.Td title={one.agent}>{agentWords(one.agent)}</Table.Td>
                      <Table.Td>{one.address}</Table.Td>
                      <Table.Td><Time at={one.created_at} /></Table.Td>
                      <Table.Td><Time at={one.seen_at} /></Table.Td>
                      <Table.Td><Time at={one.expires_at} /></Table.Td>
                      <Table.Td ta="right"><EndSession session={one} /></Table.Td>
                    </Table.Tr>
                  ))}
                </Table.Tbody>
              </Table>
            </Table.ScrollContainer>
          )
        }
      </Answer>
    </Section>
  );
}
