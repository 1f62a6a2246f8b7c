// What the pages of people and roles have in common: their head and the way from one to another.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '@/api/me.ts';
import { AgainButton } from './again.tsx';
import frame from '@/parts/page.module.css';
import { PageHead } from '@/parts/section.tsx';
import { Tab, Tabs } from '@/parts/tabs.tsx';

export function PeopleFrame({ title, note, actions, children }: { title: ReactNode; note?: ReactNode; actions?: ReactNode; children: ReactNode }) {
  const { t } = useTranslation();
  const may = useMay();
  return (
    <div className={frame.page}>
      <div className={frame.head}>
        <PageHead title={title} note={note}>
          {actions}
          <AgainButton />
        </PageHead>
        <Tabs label={t('people.title')}>
          {may('point.person.read') && <Tab to="/people" activeOptions={{ exact: true, includeSearch: false }}>{t('people.people')}</Tab>}
          {may('point.role.read') && <Tab to="/people/roles" activeOptions={{ includeSearch: false }}>{t('people.roles')}</Tab>}
          {may('point.session.read') && <Tab to="/people/sessions" activeOptions={{ includeSearch: false }}>{t('people.sessions')}</Tab>}
          {may('point.key.read') && <Tab to="/people/keys">{t('people.keys')}</Tab>}
          {may('point.role.read') && <Tab to="/people/explain" activeOptions={{ includeSearch: false }}>{t('people.explain')}</Tab>}
        </Tabs>
      </div>
      <div className={frame.rest}>{children}</div>
    </div>
  );
}
