// A page that failed, and a page that is not there. The rest of the console stays usable.
import { IconMapOff } from '@tabler/icons-react';
import type { ErrorComponentProps } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { GoLink } from './go-link.tsx';
import { Failed, Plate } from './states.tsx';

const stalePage = /dynamically imported module|module script failed|Failed to fetch/i;

export function Broken({ error, reset }: ErrorComponentProps) {
  // After an update the old page asks for files that are gone: only a reload gets the new ones.
  const again = () => (stalePage.test(String(error)) ? location.reload() : reset());
  return <Failed why={error} onRetry={again} />;
}

export function Absent() {
  const { t } = useTranslation();
  return (
    <main>
      <Plate whole icon={<IconMapOff size={34} stroke={1.5} aria-hidden />} title={t('parts.absent.title')} action={<GoLink to="/">{t('parts.absent.home')}</GoLink>}>
        {t('parts.absent.text')}
      </Plate>
    </main>
  );
}
