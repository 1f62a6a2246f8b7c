// A new profile, or the next version of one: it begins with what the version before says.
import { Alert, Button, Group, Modal, NumberInput, Stack, Switch, Text, Textarea, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask } from '@/api/client.ts';
import { say } from '@/parts/say.ts';
import { useProblemWords } from '@/parts/states.tsx';
import { countriesOf, holidaysOf } from './documents.ts';
import { type Profile, type ProfileDocument, profilesQuery } from './questions.ts';
import classes from './settings.module.css';
import { WindowRows } from './window-rows.tsx';

const nameForm = /^[A-Za-z0-9][A-Za-z0-9 ._-]{0,99}$/;
const lines = (text: string) => text.split('\n').map((one) => one.trim()).filter(Boolean);
const strict: ProfileDocument = { consent_required: true, windows: [{ days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '09:00', to: '20:00' }], caps: [{ hours: 24, most: 1 }], holidays: [], machine_advertising: false, countries: [], sources: [] };

export function ProfileForm({ from, onMade, onClose }: { from: Profile | null; onMade: (made: Profile) => void; onClose: () => void }) {
  const { t } = useTranslation();
  const words = useProblemWords();
  const queries = useQueryClient();
  const first = from?.document ?? strict;
  const [name, setName] = useState(from?.name ?? '');
  const [document, setDocument] = useState(first);
  const [holidays, setHolidays] = useState((first.holidays ?? []).join('\n'));
  const [countries, setCountries] = useState((first.countries ?? []).join(', '));
  const [sources, setSources] = useState((first.sources ?? []).join('\n'));
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<unknown>(null);
  const set = (change: Partial<ProfileDocument>) => setDocument((old) => ({ ...old, ...change }));
  const caps = document.caps ?? [];
  const windows = document.windows ?? [];
  const [off, lands] = [holidaysOf(holidays), countriesOf(countries)];
  const badWindow = windows.some((one) => one.days.length === 0 || one.from >= one.to);
  const ready = nameForm.test(name) && off !== null && lands !== null && !badWindow;

  const save = async (event: FormEvent) => {
    event.preventDefault();
    if (!ready || busy) return;
    setBusy(true);
    setWrong(null);
    try {
      const made = await ask(api.POST('/ottb/profiles', { body: { name, document: { ...document, holidays: off, countries: lands, sources: lines(sources) } } }));
      await queries.invalidateQueries({ queryKey: profilesQuery.queryKey });
      say({ message: t('settings.saved', { name: made.name, version: made.version }), color: 'teal' });
      onMade(made);
      onClose();
    } catch (problem) {
      setWrong(problem);
      setBusy(false);
    }
  };
  const setCap = (index: number, change: Partial<(typeof caps)[number]>) => set({ caps: caps.map((cap, i) => (i === index ? { ...cap, ...change } : cap)) });
  return (
    <Modal opened onClose={onClose} size={720} title={<Text fw={650}>{from ? t('settings.nextOf', { name: from.name, version: from.version }) : t('settings.newProfile')}</Text>} closeButtonProps={{ 'aria-label': t('parts.close') }}>
      <form onSubmit={(event) => void save(event)}>
        <Stack gap="sm">
          {!from && <TextInput label={t('settings.name')} description={t('settings.nameForm')} value={name} onChange={(e) => setName(e.currentTarget.value)} error={name !== '' && !nameForm.test(name)} maxLength={100} required data-autofocus autoComplete="off" />}
          <WindowRows windows={windows} onChange={(next) => set({ windows: next })} />
          <div role="group" aria-label={t('settings.caps')}>
            <Text size="sm" fw={600}>{t('settings.caps')}</Text>
            {caps.map((cap, i) => (
              // oxlint-disable-next-line react/no-array-index-key -- a cap is only its place in the list
              <div key={i} className={classes.windowRow}>
                <NumberInput aria-label={t('settings.most')} w={80} min={1} max={1000} value={cap.most} onChange={(most) => setCap(i, { most: Number(most) || 1 })} />
                <Text size="sm">{t('settings.attemptsIn')}</Text>
                <NumberInput aria-label={t('settings.inHours')} w={80} min={1} max={744} value={cap.hours} onChange={(hours) => setCap(i, { hours: Number(hours) || 1 })} />
                <Text size="sm">{t('settings.h')}</Text>
                <Button variant="subtle" color="red" size="compact-xs" ml="auto" leftSection={<IconTrash size={13} aria-hidden />} onClick={() => set({ caps: caps.filter((_, at) => at !== i) })}>{t('settings.remove')}</Button>
              </div>
            ))}
            {caps.length < 10 && <Button variant="subtle" size="compact-xs" mt={6} leftSection={<IconPlus size={13} aria-hidden />} onClick={() => set({ caps: [...caps, { hours: 168, most: 3 }] })}>{t('settings.addCap')}</Button>}
          </div>
          <Switch label={t('settings.consent')} checked={document.consent_required !== false} onChange={(e) => set({ consent_required: e.currentTarget.checked })} />
          <Switch label={t('settings.machine')} checked={document.machine_advertising ?? false} onChange={(e) => set({ machine_advertising: e.currentTarget.checked })} />
          <TextInput label={t('settings.countries')} description={t('settings.countriesForm')} value={countries} onChange={(e) => setCountries(e.currentTarget.value)} error={lands === null && t('settings.countriesForm')} />
          <Textarea label={t('settings.holidays')} description={t('settings.holidaysForm')} value={holidays} onChange={(e) => setHolidays(e.currentTarget.value)} error={off === null && t('settings.holidaysForm')} autosize minRows={2} maxRows={6} />
          <Textarea label={t('settings.sources')} description={t('settings.sourcesForm')} value={sources} onChange={(e) => setSources(e.currentTarget.value)} autosize minRows={2} maxRows={6} />
          {wrong !== null && <Alert color="red" role="alert">{words(wrong)}</Alert>}
          <Text size="sm" c="var(--quiet)">{t('settings.versionNote')}</Text>
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>{t('parts.cancel')}</Button>
            <Button type="submit" disabled={!ready} loading={busy}>{t(from ? 'settings.saveVersion' : 'settings.create')}</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
