// Asks for a telephone number. The number goes to the server in a body; the URL gets the id of the search.
import { Alert, Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useProblemWords } from '@/parts/states.tsx';

interface NumberSearchProps {
  title: string;
  note: ReactNode;
  label?: string;
  direct?: (text: string) => boolean; // is no number, but something that can be opened as it is
  ask: (number: string, region: string | undefined) => Promise<void>;
  onClose: () => void;
}

export function NumberSearch({ title, note, label, direct, ask, onClose }: NumberSearchProps) {
  const { t } = useTranslation();
  const words = useProblemWords();
  const [number, setNumber] = useState('');
  const [region, setRegion] = useState('');
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<unknown>(null);
  const national = number.trim() !== '' && !number.trim().startsWith('+') && !direct?.(number.trim());
  const ready = number.trim() !== '' && (!national || /^[A-Z]{2}$/.test(region));
  const run = async () => {
    setBusy(true);
    setWrong(null);
    try {
      await ask(number.trim(), national ? region : undefined);
      onClose();
    } catch (why) {
      setWrong(why);
      setBusy(false);
    }
  };
  return (
    <Modal opened onClose={onClose} title={<Text fw={650}>{title}</Text>} closeButtonProps={{ 'aria-label': t('parts.close') }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (ready && !busy) void run();
        }}
      >
        <Stack gap="sm">
          <Text size="sm">{note}</Text>
          <TextInput label={label ?? t('leads.search.number')} placeholder="+1 212 555 0100" inputMode={direct ? 'text' : 'tel'} autoComplete="off" maxLength={40} value={number} required data-autofocus onChange={(event) => setNumber(event.currentTarget.value)} />
          {national && <TextInput label={t('leads.search.region')} description={t('leads.search.regionNote')} placeholder="RU" maxLength={2} value={region} required onChange={(event) => setRegion(event.currentTarget.value.toUpperCase())} />}
          {wrong !== null && <Alert color="red">{words(wrong)}</Alert>}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>{t('parts.cancel')}</Button>
            <Button type="submit" disabled={!ready} loading={busy}>{t('leads.search.find')}</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
