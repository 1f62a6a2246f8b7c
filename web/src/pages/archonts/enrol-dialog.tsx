// A new hub in two steps: what it shall be called, then its one-time token, shown once, with what to type on the device.
import { Alert, Button, Checkbox, Group, Modal, Select, Stack, Text, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask, type Schemas } from '@/api/client.ts';
import { useProblemWords } from '@/parts/states.tsx';
import { labelRule } from './enrol.ts';
import { EnrolToken } from './enrol-token.tsx';
import type { Archont } from './hub-row.ts';

type Kind = Schemas['archont_kind'];
const kinds: readonly Kind[] = ['AUTO', 'MF', 'LS'];

export function EnrolDialog({ label: known, kind: knownKind, onClose }: { label?: string; kind?: string; onClose: () => void }) {
  const { t } = useTranslation();
  const words = useProblemWords();
  const queries = useQueryClient();
  const [label, setLabel] = useState(known ?? '');
  const [kind, setKind] = useState<Kind>(kinds.find((one) => one === knownKind) ?? 'MF');
  const [replace, setReplace] = useState(known !== undefined);
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<unknown>(null);
  const [made, setMade] = useState<Schemas['enrol_token_answer'] | null>(null);
  const [before, setBefore] = useState<string>();
  const good = labelRule.test(label);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!good || busy) return;
    setBusy(true);
    setWrong(null);
    try {
      setBefore(queries.getQueryData<Archont[]>(['archonts'])?.find((one) => one.label === label)?.fingerprint);
      setMade(await ask(api.POST('/point/archonts/tokens', { body: { label, kind, ...(replace ? { replace } : {}) } })));
      void queries.invalidateQueries({ queryKey: ['archonts'] });
    } catch (problem) {
      setWrong(problem);
    }
    setBusy(false);
  };
  return (
    <Modal opened size={made ? 'lg' : 'md'} onClose={onClose} closeOnClickOutside={!made} title={<Text fw={650}>{made ? t('archonts.tokenOf', { label: made.label }) : t('archonts.enrol')}</Text>} closeButtonProps={{ 'aria-label': t('parts.close') }}>
      {made ? (
        <EnrolToken made={made} before={before} onClose={onClose} />
      ) : (
        <form onSubmit={(event) => void submit(event)}>
          <Stack gap="sm">
            <Text size="sm">{t('archonts.enrolWhat')}</Text>
            <TextInput label={t('archonts.label')} description={t('archonts.labelRule')} error={label !== '' && !good ? t('archonts.labelWrong') : undefined} value={label} onChange={(e) => setLabel(e.currentTarget.value)} maxLength={63} spellCheck={false} autoComplete="off" required readOnly={known !== undefined} data-autofocus />
            <Select label={t('wall.kind')} data={kinds.map((value) => ({ value, label: t(`kinds.${value}`) }))} value={kind} onChange={(value) => value && setKind(value as Kind)} allowDeselect={false} disabled={known !== undefined} />
            <Checkbox label={t('archonts.replace')} description={t('archonts.replaceWhat')} checked={replace} onChange={(e) => setReplace(e.currentTarget.checked)} disabled={known !== undefined} />
            {wrong !== null && <Alert color="red" role="alert">{words(wrong)}</Alert>}
            <Group justify="flex-end">
              <Button variant="default" onClick={onClose}>{t('parts.cancel')}</Button>
              <Button type="submit" disabled={!good} loading={busy}>{t('archonts.makeToken')}</Button>
            </Group>
          </Stack>
        </form>
      )}
    </Modal>
  );
}
