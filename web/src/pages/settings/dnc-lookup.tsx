// On which lists is a number: every question is written into the audit log, so it is asked by hand. The number is in no URL.
import { Alert, Button, Group, Stack, Table, Text, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask } from '@/api/client.ts';
import { Section } from '@/parts/section.tsx';
import { useProblemWords } from '@/parts/states.tsx';
import { Tag } from '@/parts/tag.tsx';
import { Time } from '@/parts/time.tsx';
import { sourceKey } from './questions.ts';

export function DncLookup({ lists }: { lists: readonly { value: string; label: string }[] }) {
  const { t } = useTranslation();
  const words = useProblemWords();
  const [number, setNumber] = useState('');
  const look = useMutation({ mutationFn: (asked: string) => ask(api.POST('/ottb/do-not-call/lookups', { body: { number: asked } })) });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (number.trim() !== '') look.mutate(number.trim());
  };
  const found = look.data?.items;
  return (
    <Section title={t('settings.lookup')} note={t('settings.lookupNote')}>
      <form onSubmit={submit}>
        <Group gap={8} align="flex-end">
          <TextInput label={t('settings.number')} placeholder="+7 912 345-67-89" value={number} onChange={(e) => { setNumber(e.currentTarget.value); look.reset(); }} inputMode="tel" maxLength={64} autoComplete="off" w={220} />
          <Button type="submit" leftSection={<IconSearch size={14} aria-hidden />} loading={look.isPending} disabled={number.trim() === ''}>{t('settings.ask')}</Button>
        </Group>
      </form>
      <div role="status">
        {look.isError && <Alert color="red">{words(look.error)}</Alert>}
        {found && found.length === 0 && <Text size="sm"><Tag tone="good">{t('settings.free')}</Tag> {t('settings.freeText')}</Text>}
        {found && found.length > 0 && (
          <Stack gap={4}>
            <Text size="sm"><Tag tone="bad">{t('settings.listed')}</Tag> {t('settings.listedText')}</Text>
            <Table>
              <Table.Tbody>
                {found.map((one) => (
                  <Table.Tr key={`${one.list} ${one.id}`}>
                    <Table.Td>{lists.find((each) => each.value === one.list)?.label ?? one.list}</Table.Td>
                    <Table.Td>{t(sourceKey(one.source), { defaultValue: one.source })}</Table.Td>
                    <Table.Td>{one.reason ?? '—'}</Table.Td>
                    <Table.Td ta="right"><Time at={one.added_at} /></Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Stack>
        )}
      </div>
    </Section>
  );
}
