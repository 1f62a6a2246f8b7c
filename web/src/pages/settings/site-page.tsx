// The site: what the console knows of it.
import { Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useLine } from '@/live/hooks.ts';
import frame from '@/parts/page.module.css';
import { Fact, Facts } from '@/parts/facts.tsx';
import { Section } from '@/parts/section.tsx';
import { siteZone, Time } from '@/parts/time.tsx';
import { useTicking } from '@/parts/clock.ts';
import { SettingsFrame } from './frame.tsx';
import { Retention } from './retention.tsx';

const whole = (now: number): string => new Date(Math.floor(now / 1000) * 1000).toISOString();

function ServerTime() {
  return <Time at={useTicking(whole)} />;
}

/** Tenths of a second; none is nought, not minus nought. */
const tenths = (ms: number): string => (Math.round(ms / 100) / 10 || 0).toFixed(1);

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
              <Fact name={t('settings.serverTime')}><ServerTime /></Fact>
              <Fact name={t('settings.skew')}>{line.heard > 0 ? t('settings.seconds', { seconds: tenths(line.skew) }) : '—'}</Fact>
            </Facts>
          </Section>
          <Retention />
        </Stack>
      </div>
    </SettingsFrame>
  );
}
