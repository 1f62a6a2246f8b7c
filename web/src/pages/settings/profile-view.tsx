// One version of a calling profile in words: when, how often, whom.
import { SimpleGrid, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useMay } from '@/api/me.ts';
import { Notice } from '@/parts/notice.tsx';
import { Section } from '@/parts/section.tsx';
import { Tag } from '@/parts/tag.tsx';
import { Time, useTimeStyle } from '@/parts/time.tsx';
import { campaignNamesQuery, type Profile } from './questions.ts';
import classes from './settings.module.css';
import { Week } from './week.tsx';

export function ProfileView({ profile, newest }: { profile: Profile; newest: boolean }) {
  const { t } = useTranslation();
  const { language } = useTimeStyle();
  const may = useMay();
  const campaigns = useQuery({ ...campaignNamesQuery, enabled: may('ottb.campaign.read') });
  const used = (campaigns.data ?? []).filter((one) => one.profile === profile.id);
  const { document } = profile;
  const places = new Intl.DisplayNames(language, { type: 'region' });
  const noWindows = (document.windows ?? []).length === 0;
  return (
    <Stack p="sm" gap="sm" maw={1000}>
      <Text size="sm" c="var(--quiet)">{t('settings.made')} <Time at={profile.created_at} />. {t('settings.versionNote')} {!newest && <Tag tone="warn">{t('settings.older')}</Tag>}</Text>
      {noWindows && <Notice>{t('settings.noWindows')}</Notice>}
      <Section title={t('settings.windows')} note={t('settings.windowsNote')}><Week windows={document.windows} /></Section>
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="sm">
        <Section title={t('settings.caps')} note={t('settings.capsNote')}>
          {(document.caps ?? []).length === 0 ? <Text size="sm">{t('settings.noCaps')}</Text> : <ul className={classes.words}>{document.caps!.map((cap) => <li key={`${cap.hours} ${cap.most}`}>{t('settings.cap', { attempts: t('settings.attempts', { count: cap.most }), hours: t('settings.hours', { count: cap.hours }) })}</li>)}</ul>}
        </Section>
        <Section title={t('settings.who')}>
          <ul className={classes.words}>
            <li>{t(document.consent_required === false ? 'settings.noConsent' : 'settings.consent')}</li>
            <li>{t(document.machine_advertising ? 'settings.machine' : 'settings.noMachine')}</li>
            <li>{(document.countries ?? []).length === 0 ? t('settings.anyCountry') : `${t('settings.countries')}: ${document.countries!.map((one) => `${places.of(one) ?? one} (${one})`).join(', ')}`}</li>
          </ul>
        </Section>
        <Section title={t('settings.holidays')}>
          {(document.holidays ?? []).length === 0 ? <Text size="sm">{t('settings.noHolidays')}</Text> : <Text size="sm">{document.holidays!.join(' · ')}</Text>}
        </Section>
        <Section title={t('settings.sources')} note={t('settings.sourcesNote')}>
          {(document.sources ?? []).length === 0 ? <Text size="sm">{t('settings.noSources')}</Text> : <ul className={classes.words}>{document.sources!.map((one) => <li key={one}>{one}</li>)}</ul>}
        </Section>
      </SimpleGrid>
      {campaigns.data && <Text size="sm">{used.length === 0 ? t('settings.unused') : `${t('settings.usedBy')} ${used.map((one) => one.name).join(', ')}`}</Text>}
    </Stack>
  );
}
