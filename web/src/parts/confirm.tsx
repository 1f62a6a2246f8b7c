// Asks before something happens: a reason where the log wants one, a typed word where there is no way back.
import { Alert, Button, Group, Modal, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { say } from './say.ts';
import { useProblemWords } from './states.tsx';
import { useHere } from './use-here.ts';

interface ConfirmProps {
  title: string;
  children?: ReactNode;
  verb: string;
  danger?: boolean;
  reason?: boolean;
  typed?: string; // must be typed exactly
  ready?: boolean; // what is asked besides is answered
  onDo: (reason: string) => Promise<void>;
  onClose: () => void;
}

export function Confirm({ title, children, verb, danger = false, reason = false, typed, ready: answered = true, onDo, onClose }: ConfirmProps) {
  const { t } = useTranslation();
  const words = useProblemWords();
  const [why, setWhy] = useState('');
  const [word, setWord] = useState('');
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<unknown>(null);
  const ready = answered && (!reason || why.trim() !== '') && (!typed || word === typed);
  // An order may take long and the dialog be closed before it ends: then another one may stand, and the answer goes to the corner.
  const here = useHere();
  const run = async () => {
    setBusy(true);
    setWrong(null);
    try {
      await onDo(why.trim());
      if (here.current) onClose();
    } catch (problem) {
      if (!here.current) {
        say({ color: 'red', message: `${title}: ${words(problem)}` });
        return;
      }
      setWrong(problem);
      setBusy(false);
    }
  };
  return (
    <Modal opened onClose={onClose} closeOnClickOutside={!busy && why === ''} title={<Text fw={650}>{title}</Text>} closeButtonProps={{ 'aria-label': t('parts.close') }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (ready && !busy) void run();
        }}
      >
        <Stack gap="sm">
          {children && <Text size="sm" component="div">{children}</Text>}
          {reason && <Textarea label={t('parts.reason')} value={why} onChange={(e) => setWhy(e.currentTarget.value)} maxLength={300} required autosize minRows={2} data-autofocus />}
          {typed && <TextInput label={t('parts.typed', { word: typed })} value={word} onChange={(e) => setWord(e.currentTarget.value)} autoComplete="off" required data-autofocus={!reason || undefined} />}
          {wrong !== null && <Alert color="red" role="alert">{words(wrong)}</Alert>}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>{t('parts.cancel')}</Button>
            <Button type="submit" color={danger ? 'red' : undefined} disabled={!ready} loading={busy}>{verb}</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
