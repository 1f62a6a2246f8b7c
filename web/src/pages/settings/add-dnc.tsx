// Puts a number on a do-not-call list, with the reason.
import { Alert, Button, Group, Modal, Select, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask } from '@/api/client.ts';
import { say } from '@/parts/say.ts';
import { useProblemWords } from '@/parts/states.tsx';

export function AddDnc({ lists, list: first, onClose }: { lists: readonly { value: string; label: string }[]; list: string; onClose: () => void }) {
  const { t } = useTranslation();
  const words = useProblemWords();
  const queries = useQueryClient();
  const [number, setNumber] = useState('');
  const [list, setList] = useState(first);
  const [reason, setReason] = useState('');
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<unknown>(null);
  const ready = number.trim() !== '' && reason.trim() !== '';
  const add = async (event: FormEvent) => {
    event.preventDefault();
    if (!ready || busy) return;
    setBusy(true);
    setWrong(null);
    try {
      const { added } = await ask(api.POST('/ottb/do-not-call', { body: { number: number.trim(), list, reason: reason.trim() } }));
      void queries.invalidateQueries({ queryKey: ['do not call'] });
      say({ message: t(added ? 'settings.added' : 'settings.wasThere'), color: added ? 'teal' : 'yellow' });
      onClose();
    } catch (problem) {
      setWrong(problem);
      setBusy(false);
    }
  };
  return (
    <Modal opened onClose={onClose} title={<Text fw={650}>{t('settings.addNumber')}</Text>} closeButtonProps={{ 'aria-label': t('parts.close') }}>
      <form onSubmit={(event) => void add(event)}>
        <Stack gap="sm">
          <Text size="sm">{t('settings.addText')}</Text>
          <TextInput label={t('settings.number')} placeholder="+7 912 345-67-89" value={number} onChange={(e) => setNumber(e.currentTarget.value)} inputMode="tel" maxLength={64} required data-autofocus autoComplete="off" />
          <Select label={t('settings.list')} data={[...lists]} value={list} onChange={(value) => setList(value ?? 'global')} allowDeselect={false} searchable />
          <Textarea label={t('parts.reason')} value={reason} onChange={(e) => setReason(e.currentTarget.value)} maxLength={300} required autosize minRows={2} />
          {wrong !== null && <Alert color="red" role="alert">{words(wrong)}</Alert>}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>{t('parts.cancel')}</Button>
            <Button type="submit" color="red" disabled={!ready} loading={busy}>{t('settings.addVerb')}</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
