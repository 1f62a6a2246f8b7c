// The site: what the console knows of it.
import { Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useLine } from '@/live/hooks.ts';
import frame from '@/parts/page.module.css';
import { Fact, Facts } from '@/parts/facts.tsx';
import { Section } from '@/parts/section.tsx';
import { siteZone, Time } from '@/parts/time.tsx';
import { serverNow } from '@/parts/clock.ts';
import { SettingsFrame } from './frame.tsx';

const ownZone = new Intl.DateTimeFormat().resolvedOptions().timeZone;

export function SitePage() {
  const { t } = useTranslation();
  const line = useLine();
  return (
    <SettingsFrame title={t('settings.site')}>
      <div className={frame.scroll}>
        <Stack p="sm" maw={860}>
          <Section title={t('settings.time')} note={t('settings.siteNote')}>
            <Facts>
              <Fact name={t('settings.siteZone')}>{siteZone}</Fact>
              <Fact name={t('settings.yourZone')}>{ownZone}</Fact>
              <Fact name={t('settings.serverTime')}><Time at={new Date(serverNow()).toISOString()} /></Fact>
              <Fact name={t('settings.skew')}>{line.heard > 0 ? t('settings.seconds', { seconds: (line.skew / 1000).toFixed(1) }) : '—'}</Fact>
            </Facts>
          </Section>
        </Stack>
      </div>
    </SettingsFrame>
  );
}
