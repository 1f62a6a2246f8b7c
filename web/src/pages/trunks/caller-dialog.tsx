// A caller ID is added with its proof, or allowed and forbidden, on all trunks or on some.
import { Alert, Button, Checkbox, Group, Modal, MultiSelect, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask, type Schemas } from '@/api/client.ts';
import { useProblemWords } from '@/parts/states.tsx';
import { callerRule } from './did-target.ts';
import { useTrunks } from './use-trunks.ts';

export function CallerDialog({ caller, onDone, onClose }: { caller: Schemas['caller_view'] | null; onDone: () => void; onClose: () => void }) {
  const { t } = useTranslation();
  const words = useProblemWords();
  const { rows } = useTrunks();
  const [number, setNumber] = useState(caller?.number ?? '');
  const [proof, setProof] = useState(caller?.proof ?? '');
  const [trunks, setTrunks] = useState<string[]>((caller?.trunks ?? []).map(String));
  const [enabled, setEnabled] = useState(caller?.enabled ?? true);
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<unknown>(null);
  const good = callerRule.test(number) && proof.trim().length >= 3;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!good || busy) return;
    setBusy(true);
    setWrong(null);
    const on = trunks.map(Number);
    try {
      await (caller
        ? ask(api.PATCH('/ottb/caller-ids/{caller_id}', { params: { path: { caller_id: caller.number }, header: { 'If-Match': `"${caller.version}"` } }, body: { enabled, trunks: on } }))
        : ask(api.POST('/ottb/caller-ids', { body: { number, proof: proof.trim(), trunks: on } })));
      onDone();
      onClose();
    } catch (problem) {
      setWrong(problem);
      setBusy(false);
    }
  };
  return (
    <Modal opened onClose={onClose} title={<Text fw={650}>{caller ? caller.number : t('trunks.addCaller')}</Text>} closeButtonProps={{ 'aria-label': t('parts.close') }}>
      <form onSubmit={(event) => void submit(event)}>
        <Stack gap="sm">
          {!caller && <TextInput label={t('trunks.number')} placeholder="+74955550100" value={number} onChange={(e) => setNumber(e.currentTarget.value.trim())} error={number !== '' && !callerRule.test(number) ? t('trunks.callerRule') : undefined} inputMode="tel" autoComplete="off" required data-autofocus />}
          <Textarea label={t('trunks.proof')} description={t('trunks.proofNote')} value={proof} onChange={(e) => setProof(e.currentTarget.value)} maxLength={500} minRows={2} autosize required readOnly={caller !== null} />
          <MultiSelect size="xs" label={t('trunks.onTrunks')} placeholder={trunks.length === 0 ? t('trunks.allTrunks') : undefined} data={rows.map(({ id, name }) => ({ value: String(id), label: name }))} value={trunks} onChange={setTrunks} clearable clearButtonProps={{ 'aria-label': t('query.clear') }} />
          {caller && <Checkbox label={t('trunks.mayBeShown')} checked={enabled} onChange={(e) => setEnabled(e.currentTarget.checked)} />}
          {wrong !== null && <Alert color="red" role="alert">{words(wrong)}</Alert>}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>{t('parts.cancel')}</Button>
            <Button type="submit" disabled={!good} loading={busy}>{t(caller ? 'trunks.save' : 'trunks.make')}</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
