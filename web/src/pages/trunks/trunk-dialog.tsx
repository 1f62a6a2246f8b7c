// A trunk is made or changed. A change says which version it knows: two people do not undo each other's work unseen.
import { Alert, Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask } from '@/api/client.ts';
import { Problem } from '@/api/problem.ts';
import { askTagged } from '@/api/tagged.ts';
import { Confirm } from '@/parts/confirm.tsx';
import { Failed, Loading, useProblemWords } from '@/parts/states.tsx';
import { draftOf, emptyDraft, inputOf, type TrunkDraft, wrongFields } from './trunk-draft.ts';
import { TrunkFields } from './trunk-fields.tsx';

export function TrunkDialog({ trunk, onClose }: { trunk: string; onClose: () => void }) {
  const { t } = useTranslation();
  const words = useProblemWords();
  const queries = useQueryClient();
  const isNew = trunk === 'new';
  const path = { trunk };
  const known = useQuery({ queryKey: ['trunks', trunk, 'open'], queryFn: ({ signal }) => askTagged(api.GET('/ottb/trunks/{trunk}', { params: { path }, signal })), enabled: !isNew, gcTime: 0, staleTime: Infinity, refetchOnWindowFocus: false });
  const [draft, setDraft] = useState<TrunkDraft | null>(isNew ? emptyDraft : null);
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<unknown>(null);
  const [retiring, setRetiring] = useState(false);
  const opened = known.data?.data;
  useEffect(() => {
    if (opened) setDraft(draftOf(opened));
  }, [opened]);
  const reload = async () => {
    const { data } = await known.refetch();
    if (!data) return;
    setDraft(draftOf(data.data)); // also where it is again as it was
    setWrong(null);
  };

  const changed = () => queries.invalidateQueries({ queryKey: ['trunks'], predicate: (query) => query.queryKey.at(-1) !== 'open' });
  const header = { 'If-Match': known.data?.tag ?? '' };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!draft || busy) return;
    setBusy(true);
    setWrong(null);
    try {
      const body = inputOf(draft);
      await (isNew ? ask(api.POST('/ottb/trunks', { body })) : ask(api.PUT('/ottb/trunks/{trunk}', { params: { path, header }, body })));
      await changed();
      onClose();
    } catch (problem) {
      setWrong(problem);
      setBusy(false);
    }
  };
  const retire = async () => {
    await ask(api.DELETE('/ottb/trunks/{trunk}', { params: { path, header } }));
    await changed();
    onClose();
  };
  const late = wrong instanceof Problem && wrong.status === 412;
  const name = known.data?.data.name ?? '';
  return (
    <>
      <Modal opened={!retiring} size="lg" onClose={onClose} closeOnClickOutside={false} title={<Text fw={650}>{isNew ? t('trunks.add') : name}</Text>} closeButtonProps={{ 'aria-label': t('parts.close') }}>
        {!draft ? (
          known.isError ? <Failed why={known.error} onRetry={() => void known.refetch()} /> : <Loading rows={8} />
        ) : (
          <form onSubmit={(event) => void submit(event)}>
            <Stack gap="sm">
              <TrunkFields draft={draft} hasSecret={known.data?.data.has_secret ?? false} wrong={wrongFields(wrong)} onChange={(change) => setDraft({ ...draft, ...change })} />
              {wrong !== null && (
                <Alert color="red" role="alert">
                  {late ? t('trunks.late') : words(wrong)}
                  {late && <Button mt="xs" variant="default" onClick={() => void reload()}>{t('trunks.reload')}</Button>}
                </Alert>
              )}
              <Group>
                {!isNew && <Button variant="light" color="red" onClick={() => setRetiring(true)}>{t('trunks.retire')}</Button>}
                <Button ml="auto" variant="default" onClick={onClose}>{t('parts.cancel')}</Button>
                <Button type="submit" loading={busy} disabled={draft.name.trim() === '' || draft.host.trim() === ''}>{t(isNew ? 'trunks.make' : 'trunks.save')}</Button>
              </Group>
            </Stack>
          </form>
        )}
      </Modal>
      {retiring && <Confirm title={`${t('trunks.retire')}: ${name}`} verb={t('trunks.retire')} danger typed={name} onDo={retire} onClose={() => setRetiring(false)}>{t('trunks.retireMeans')}</Confirm>}
    </>
  );
}
