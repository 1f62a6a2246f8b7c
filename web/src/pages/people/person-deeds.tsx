// What can be done about a person's way in: disable, a new password, the second factor, all sessions.
import { Button, Group, Stack, Text, Tooltip } from '@mantine/core';
import { IconDeviceMobileOff, IconKey, IconLogout, type TablerIcon, IconUserCheck, IconUserOff } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask, type Schemas } from '@/api/client.ts';
import { useMay } from '@/api/me.ts';
import { Confirm } from '@/parts/confirm.tsx';
import { Section } from '@/parts/section.tsx';
import { say } from '@/parts/say.ts';
import { useDeeds } from '@/parts/shortcuts.ts';
import { OneTime } from './one-time.tsx';
import { ifMatch, type Person, personQuery } from './questions.ts';

const deeds = ['password', 'factor', 'everywhere', 'disable', 'enable'] as const;
type PersonDeed = (typeof deeds)[number];
const needs: Record<PersonDeed, string> = { password: 'point.password.reset', factor: 'point.factor.reset', everywhere: 'point.session.revoke', disable: 'point.person.update', enable: 'point.person.update' };
const icons: Record<PersonDeed, TablerIcon> = { password: IconKey, factor: IconDeviceMobileOff, everywhere: IconLogout, disable: IconUserOff, enable: IconUserCheck };

export function PersonDeeds({ person }: { person: Person }) {
  const { t } = useTranslation();
  const may = useMay();
  const queries = useQueryClient();
  const [asked, setAsked] = useState<PersonDeed | null>(null);
  const [given, setGiven] = useState<Schemas['one_time_password'] | null>(null);
  const path = { person: person.id };
  const mine = deeds.filter((deed) => (person.state === 'disabled' ? deed !== 'disable' && deed !== 'everywhere' : deed !== 'enable'));

  const run = async (deed: PersonDeed) => {
    if (deed === 'password') setGiven(await ask(api.POST('/point/people/{person}/one-time-password', { params: { path } })));
    else if (deed === 'factor') await ask(api.DELETE('/point/people/{person}/second-factor', { params: { path } }));
    else if (deed === 'everywhere') await ask(api.POST('/point/people/{person}/logout-everywhere', { params: { path } }));
    else {
      const now = await ask(api.PATCH('/point/people/{person}', { params: { path, header: ifMatch(person.version) }, body: { state: deed === 'enable' ? 'active' : 'disabled' } }));
      queries.setQueryData(personQuery(person.id).queryKey, now);
    }
    void queries.invalidateQueries({ queryKey: ['people'] });
    void queries.invalidateQueries({ queryKey: ['sessions'] });
    if (deed !== 'password') say({ message: t(`people.did.${deed}`, { login: person.login }), color: 'teal' });
  };
  useDeeds(mine.filter((deed) => may(needs[deed])).map((deed) => ({ id: `person ${deed}`, label: t(`people.deeds.${deed}`), group: person.login, run: () => setAsked(deed) })));

  return (
    <Section title={t('people.access')}>
      <Stack gap="xs">
        {mine.map((deed) => {
          const Icon = icons[deed];
          const allowed = may(needs[deed]);
          const button = <Button variant={deed === 'disable' ? 'light' : 'default'} color={deed === 'disable' ? 'red' : undefined} leftSection={<Icon size={15} aria-hidden />} disabled={!allowed} onClick={() => setAsked(deed)} w={200} flex="none" justify="flex-start">{t(`people.deeds.${deed}`)}</Button>;
          return (
            <Group key={deed} gap="sm" wrap="nowrap" align="center">
              {allowed ? button : <Tooltip label={t('parts.needs', { permission: needs[deed] })}><span>{button}</span></Tooltip>}
              <Text size="sm" c="var(--quiet)">{t(`people.means.${deed}`)}</Text>
            </Group>
          );
        })}
      </Stack>
      {asked && (
        <Confirm title={`${t(`people.deeds.${asked}`)}: ${person.login}`} verb={t(`people.deeds.${asked}`)} danger={asked !== 'enable'} typed={asked === 'disable' || asked === 'factor' ? person.login : undefined} onDo={() => run(asked)} onClose={() => setAsked(null)}>
          {t(`people.asks.${asked}`, { name: person.display_name })}
        </Confirm>
      )}
      {given && <OneTime login={person.login} given={given} onClose={() => setGiven(null)} />}
    </Section>
  );
}
