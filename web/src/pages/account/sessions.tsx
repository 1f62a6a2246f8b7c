// Where one is signed in, and the way to end it.
import { Alert, Button, Group, Table, Text, VisuallyHidden } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask } from '@/api/client.ts';
import { useMe } from '@/api/me.ts';
import { Confirm } from '@/parts/confirm.tsx';
import { Section } from '@/parts/section.tsx';
import { Empty, Failed, Loading, useProblemWords } from '@/parts/states.tsx';
import { Tag } from '@/parts/tag.tsx';
import { Time } from '@/parts/time.tsx';
import { agentWords } from '@/parts/agent.ts';

const key = ['me', 'sessions'];

export function Sessions({ onEverywhere }: { onEverywhere: () => Promise<void> }) {
  const { t } = useTranslation();
  const me = useMe();
  const words = useProblemWords();
  const queries = useQueryClient();
  const [asking, setAsking] = useState(false);
  const sessions = useQuery({ queryKey: key, queryFn: ({ signal }) => ask(api.GET('/point/me/sessions', { params: { query: { limit: '100' } }, signal })), refetchInterval: 30_000 });
  const end = useMutation({
    mutationFn: (session: string) => ask(api.DELETE('/point/me/sessions/{session}', { params: { path: { session } } })),
    onSettled: () => queries.invalidateQueries({ queryKey: key }),
  });
  const everywhere = <Button variant="light" color="red" onClick={() => setAsking(true)}>{t('account.everywhere')}</Button>;
  const items = sessions.data?.items ?? [];
  return (
    <Section title={t('account.sessions')} action={everywhere}>
      {end.isError && <Alert color="red" role="alert" mb="xs">{words(end.error)}</Alert>}
      {sessions.isPending ? (
        <Loading rows={3} />
      ) : sessions.isError ? (
        <Failed why={sessions.error} onRetry={() => void sessions.refetch()} />
      ) : items.length === 0 ? (
        <Empty title={t('account.noSessions')} />
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
                  <Table.Td title={one.agent}>
                    <Group gap={6} wrap="nowrap">
                      <Text span size="sm">{agentWords(one.agent)}</Text>
                      {one.id === me.session && <Tag tone="good">{t('account.this')}</Tag>}
                    </Group>
                  </Table.Td>
                  <Table.Td>{one.address}</Table.Td>
                  <Table.Td><Time at={one.created_at} /></Table.Td>
                  <Table.Td><Time at={one.seen_at} /></Table.Td>
                  <Table.Td><Time at={one.expires_at} /></Table.Td>
                  <Table.Td ta="right">
                    {one.id !== me.session && (
                      <Button variant="subtle" color="red" size="compact-xs" loading={end.isPending && end.variables === one.id} onClick={() => end.mutate(one.id)}>{t('account.end')}</Button>
                    )}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      {asking && (
        <Confirm title={t('account.everywhere')} verb={t('account.everywhere')} danger onDo={onEverywhere} onClose={() => setAsking(false)}>
          {t('account.everywhereText')}
        </Confirm>
      )}
    </Section>
  );
}
