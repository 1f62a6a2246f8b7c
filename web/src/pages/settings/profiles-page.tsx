// Calling profiles: the rules of when, how often and whom, by name and version.
import { Button, Group } from '@mantine/core';
import { IconPlus, IconVersions } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '@/api/me.ts';
import { Answer } from '@/parts/answer.tsx';
import { FilterInput } from '@/parts/filter-input.tsx';
import frame from '@/parts/page.module.css';
import { useDeeds } from '@/parts/shortcuts.ts';
import { Empty } from '@/parts/states.tsx';
import { DocumentList } from './document-list.tsx';
import { byName } from './documents.ts';
import { SettingsFrame } from './frame.tsx';
import { ProfileForm } from './profile-form.tsx';
import { ProfileView } from './profile-view.tsx';
import { type Profile, profilesQuery } from './questions.ts';
import { documentSearch } from './search.ts';
import classes from './settings.module.css';

export function ProfilesPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const may = useMay();
  const search = useSearch({ from: '/inside/frame/settings' });
  const profiles = useQuery(profilesQuery);
  const [editing, setEditing] = useState<{ from: Profile | null } | null>(null);
  const names = byName(profiles.data ?? [], search.q);
  const chosen = profiles.data?.find((one) => one.id === search.id) ?? names[0]?.versions[0];
  const newest = chosen && byName(profiles.data ?? []).find((one) => one.name === chosen.name)?.versions[0];
  const setQ = useCallback((q: string) => void navigate({ to: '/settings', search: (old) => documentSearch({ ...old, q }), replace: true }), [navigate]);
  const canWrite = may('ottb.profile.write');
  const group = t('settings.title');
  useDeeds(canWrite ? [{ id: 'profile new', label: t('settings.newProfile'), group, key: 'n', run: () => setEditing({ from: null }) }] : []);
  const create = canWrite && <Button leftSection={<IconPlus size={15} aria-hidden />} onClick={() => setEditing({ from: null })}>{t('settings.newProfile')}</Button>;
  const actions = canWrite && (
    <>
      {chosen && <Button variant="default" leftSection={<IconVersions size={15} aria-hidden />} onClick={() => setEditing({ from: chosen })}>{t('settings.newVersion')}</Button>}
      {create}
    </>
  );
  return (
    <SettingsFrame title={t('settings.profiles')} note={chosen && `${chosen.name} v${chosen.version}`} actions={actions}>
      <Answer of={profiles}>
        {(all) =>
          all.length === 0 ? <Empty title={t('settings.noProfiles')} action={create}>{t('settings.noProfilesNext')}</Empty> : (
            <>
              <Group className={frame.tools}><FilterInput value={search.q ?? ''} label={t('settings.findName')} group={group} onChange={setQ} /></Group>
              <div className={classes.both}>
                <DocumentList names={names} chosen={chosen} to="/settings" label={t('settings.profiles')} />
                {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keys */}
                <div className={classes.shown} role="region" aria-label={chosen?.name ?? t('settings.profiles')} tabIndex={0}>{chosen ? <ProfileView profile={chosen} newest={newest?.id === chosen.id} /> : <Empty title={t('settings.noName')}>{t('people.nothingNext')}</Empty>}</div>
              </div>
            </>
          )
        }
      </Answer>
      {editing && <ProfileForm from={editing.from} onMade={(made) => void navigate({ to: '/settings', search: { id: made.id } })} onClose={() => setEditing(null)} />}
    </SettingsFrame>
  );
}
