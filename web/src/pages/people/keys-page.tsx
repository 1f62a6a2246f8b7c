// The keys that sign access tokens, and their rotation.
import { Button, Code, Stack, Table, Text } from '@mantine/core';
import { IconAlertTriangle, IconRefresh } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask } from '@/api/client.ts';
import { useMay } from '@/api/me.ts';
import { Answer } from '@/parts/answer.tsx';
import { Confirm } from '@/parts/confirm.tsx';
import frame from '@/parts/page.module.css';
import { Section } from '@/parts/section.tsx';
import { say } from '@/parts/say.ts';
import { useDeeds } from '@/parts/shortcuts.ts';
import { Empty } from '@/parts/states.tsx';
import { Tag, type Tone } from '@/parts/tag.tsx';
import { Time } from '@/parts/time.tsx';
import { PeopleFrame } from './frame.tsx';
import { keysQuery, type SigningKey } from './questions.ts';

const tones: Record<string, Tone> = { active: 'good', next: 'plain', retired: 'warn', revoked: 'bad' };
const order = ['active', 'next', 'retired', 'revoked'];
const rank = (key: SigningKey) => (order.indexOf(key.state) + order.length) % order.length;

function Keys({ keys }: { keys: readonly SigningKey[] }) {
  const { t } = useTranslation();
  return (
    <Table.ScrollContainer minWidth={620}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('people.keyId')}</Table.Th>
            <Table.Th>{t('people.state')}</Table.Th>
            <Table.Th>{t('people.created')}</Table.Th>
            <Table.Th>{t('people.inForce')}</Table.Th>
            <Table.Th>{t('people.retired')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {keys.toSorted((a, b) => rank(a) - rank(b) || b.created_at.localeCompare(a.created_at)).map((key) => (
            <Table.Tr key={key.kid}>
              <Table.Td><Code>{key.kid}</Code></Table.Td>
              <Table.Td><Tag tone={tones[key.state] ?? 'plain'}>{t(`people.keyStates.${key.state as 'active'}`, { defaultValue: key.state })}</Tag></Table.Td>
              <Table.Td><Time at={key.created_at} /></Table.Td>
              <Table.Td><Time at={key.active_at} /></Table.Td>
              <Table.Td><Time at={key.retired_at} /></Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

export function KeysPage() {
  const { t } = useTranslation();
  const may = useMay();
  const queries = useQueryClient();
  const keys = useQuery(keysQuery);
  const [asked, setAsked] = useState<'plan' | 'atOnce' | null>(null);
  const can = may('point.key.rotate');
  const rotate = async () => {
    await ask(api.POST('/point/keys/rotate', { body: { at_once: asked === 'atOnce' } }));
    void queries.invalidateQueries({ queryKey: keysQuery.queryKey });
    say({ message: t('people.rotated'), color: 'teal' });
  };
  useDeeds(can ? (['plan', 'atOnce'] as const).map((how) => ({ id: `keys ${how}`, label: t(`people.rotate.${how}`), group: t('people.title'), run: () => setAsked(how) })) : []);
  const actions = can && (
    <>
      <Button variant="default" leftSection={<IconRefresh size={15} aria-hidden />} onClick={() => setAsked('plan')}>{t('people.rotate.plan')}</Button>
      <Button variant="light" color="red" leftSection={<IconAlertTriangle size={15} aria-hidden />} onClick={() => setAsked('atOnce')}>{t('people.rotate.atOnce')}</Button>
    </>
  );
  return (
    <PeopleFrame title={t('people.keys')} actions={actions}>
      <div className={frame.scroll}>
        <Stack p="sm" maw={1180}>
          <Section title={t('people.signing')}>
            <Text size="sm" c="var(--quiet)">{t('people.keysNote')}</Text>
            <Answer of={keys} rows={3}>{({ items }) => (items.length > 0 ? <Keys keys={items} /> : <Empty title={t('people.noKeys')}>{t('people.noKeysNext')}</Empty>)}</Answer>
          </Section>
        </Stack>
      </div>
      {asked && (
        <Confirm title={t(`people.rotate.${asked}`)} verb={t(`people.rotate.${asked}`)} danger={asked === 'atOnce'} typed={asked === 'atOnce' ? 'rotate' : undefined} onDo={rotate} onClose={() => setAsked(null)}>
          {t(`people.rotateMeans.${asked}`)}
        </Confirm>
      )}
    </PeopleFrame>
  );
}
