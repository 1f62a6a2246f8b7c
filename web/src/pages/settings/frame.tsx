// What the settings have in common: their head and the way from one to another.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '@/api/me.ts';
import frame from '@/parts/page.module.css';
import { PageHead } from '@/parts/section.tsx';
import { Tab, Tabs } from '@/parts/tabs.tsx';

export function SettingsFrame({ title, note, actions, children }: { title: ReactNode; note?: ReactNode; actions?: ReactNode; children: ReactNode }) {
  const { t } = useTranslation();
  const may = useMay();
  return (
    <div className={frame.page}>
      <div className={frame.head}>
        <PageHead title={title} note={note}>{actions}</PageHead>
        <Tabs label={t('settings.title')}>
          {may('ottb.profile.read') && <Tab to="/settings" activeOptions={{ exact: true, includeSearch: false }}>{t('settings.profiles')}</Tab>}
          {may('ottb.dnc.read') && <Tab to="/settings/do-not-call" activeOptions={{ includeSearch: false }}>{t('settings.dnc')}</Tab>}
          {may('ottb.flow.read') && <Tab to="/settings/flows" activeOptions={{ includeSearch: false }}>{t('settings.flows')}</Tab>}
          <Tab to="/settings/site">{t('settings.site')}</Tab>
        </Tabs>
      </div>
      <div className={frame.rest}>{children}</div>
    </div>
  );
}
