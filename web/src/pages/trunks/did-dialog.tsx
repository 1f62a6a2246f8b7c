// One of our numbers is routed, or given up. The version that was read goes along, so that nobody's newer route is lost.
import { Alert, Button, Group, Modal, Select, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask, type Schemas } from '@/api/client.ts';
import { Problem } from '@/api/problem.ts';
import { askTagged } from '@/api/tagged.ts';
import { Confirm } from '@/parts/confirm.tsx';
import { useProblemWords } from '@/parts/states.tsx';
import { didRule, targetKinds, type TargetKind, targetOf, targetText } from './did-target.ts';
import { useTrunks } from './use-trunks.ts';

export function DidDialog({ did, onDone, onClose }: { did: Schemas['did_view'] | null; onDone: () => void; onClose: () => void }) {
  const { t } = useTranslation();
  const words = useProblemWords();
  const { rows } = useTrunks();
  const before = did && targetOf(did.target);
  const [number, setNumber] = useState(did?.number ?? '');
  const [kind, setKind] = useState<TargetKind>(before?.kind ?? 'slot');
  const [to, setTo] = useState(before?.number ?? '');
  const [trunk, setTrunk] = useState(did?.trunk === undefined ? '' : String(did.trunk));
  const [busy, setBusy] = useState(false);
  const [removing, setRemoving] = useState(false);
  const [wrong, setWrong] = useState<unknown>(null);
  const target = targetText(kind, to.trim());
  const good = didRule.test(number.trim()) && target !== null;
  const path = { did: number.trim() };
  /** A number that leads somewhere already is changed where it stands, not added over. */
  const refuseKnown = async (): Promise<void> => {
    try {
      const { target: there } = await ask(api.GET('/ottb/dids/{did}', { params: { path } }));
      throw new Error(t('trunks.numberThere', { target: there }));
    } catch (why) {
      if (!(why instanceof Problem) || why.status !== 404) throw why;
    }
  };
  /** The number as it is known now; a route that changed since it was shown is not overwritten. */
  const version = async (): Promise<Record<string, string>> => {
    if (!did) {
      await refuseKnown();
      return {};
    }
    const { data, tag } = await askTagged(api.GET('/ottb/dids/{did}', { params: { path } }));
    if (data.target !== did.target || data.trunk !== did.trunk) throw new Error(t('trunks.numberLate'));
    return { 'If-Match': tag };
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!target || !good || busy) return;
    setBusy(true);
    setWrong(null);
    try {
      const headers = await version();
      await ask(api.PUT('/ottb/dids/{did}', { params: { path }, headers, body: { target, ...(trunk ? { trunk: Number(trunk) } : {}) } }));
      onDone();
      onClose();
    } catch (problem) {
      setWrong(problem);
      setBusy(false);
    }
  };
  const remove = async () => {
    await ask(api.DELETE('/ottb/dids/{did}', { params: { path }, headers: await version() }));
    onDone();
    onClose();
  };
  return (
    <>
      <Modal opened={!removing} onClose={onClose} title={<Text fw={650}>{did ? did.number : t('trunks.addNumber')}</Text>} closeButtonProps={{ 'aria-label': t('parts.close') }}>
        <form onSubmit={(event) => void submit(event)}>
          <Stack gap="sm">
            {!did && <TextInput label={t('trunks.number')} placeholder="+74955550100" value={number} onChange={(e) => setNumber(e.currentTarget.value)} error={number !== '' && !didRule.test(number.trim()) ? t('trunks.numberRule') : undefined} inputMode="tel" autoComplete="off" required data-autofocus />}
            <SimpleGrid cols={2} spacing="xs">
              <Select label={t('trunks.leadsTo')} data={targetKinds.map((value) => ({ value, label: t(`trunks.target.${value}`) }))} value={kind} onChange={(value) => value && setKind(value as TargetKind)} allowDeselect={false} />
              <TextInput label={t(`trunks.target.${kind}`)} description={t(`trunks.targetRule.${kind}`)} inputWrapperOrder={['label', 'input', 'description', 'error']} value={to} onChange={(e) => setTo(e.currentTarget.value)} inputMode="numeric" autoComplete="off" required />
            </SimpleGrid>
            <Select label={t('trunks.trunk')} data={[{ value: '', label: t('trunks.anyTrunk') }, ...rows.map(({ id, name }) => ({ value: String(id), label: name }))]} value={trunk} onChange={(value) => setTrunk(value ?? '')} allowDeselect={false} />
            {wrong !== null && <Alert color="red" role="alert">{words(wrong)}</Alert>}
            <Group>
              {did && <Button variant="light" color="red" onClick={() => setRemoving(true)}>{t('trunks.giveUp')}</Button>}
              <Button ml="auto" variant="default" onClick={onClose}>{t('parts.cancel')}</Button>
              <Button type="submit" disabled={!good} loading={busy}>{t('trunks.save')}</Button>
            </Group>
          </Stack>
        </form>
      </Modal>
      {removing && did && <Confirm title={`${t('trunks.giveUp')}: ${did.number}`} verb={t('trunks.giveUp')} danger typed={did.number} onDo={remove} onClose={() => setRemoving(false)}>{t('trunks.giveUpMeans')}</Confirm>}
    </>
  );
}
