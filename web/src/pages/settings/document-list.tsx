// Names at the left, each with its newest version; the older ones of the chosen name under it.
import { useTranslation } from 'react-i18next';
import { GoLink } from '@/parts/go-link.tsx';
import type { Named } from './documents.ts';
import classes from './settings.module.css';

interface Versioned {
  id: string;
  name: string;
  version: number;
}

export function DocumentList<T extends Versioned>({ names, chosen, to, label }: { names: readonly Named<T>[]; chosen: T | undefined; to: '/settings' | '/settings/flows'; label: string }) {
  const { t } = useTranslation();
  return (
    <nav className={classes.list} aria-label={label}>
      <ul>
        {names.map(({ name, versions }) => (
          <li key={name}>
            <GoLink to={to} search={(old) => ({ ...old, id: versions[0]!.id })} className={classes.name} aria-current={chosen?.name === name || undefined}>
              <span>{name}</span><span className={classes.version}>v{versions[0]!.version}</span>
            </GoLink>
            {chosen?.name === name && versions.length > 1 && (
              <ul className={classes.versions} aria-label={t('settings.versions')}>
                {versions.map((one) => <li key={one.id}><GoLink to={to} search={(old) => ({ ...old, id: one.id })} size="xs" aria-current={one.id === chosen.id || undefined}>v{one.version}</GoLink></li>)}
              </ul>
            )}
          </li>
        ))}
      </ul>
    </nav>
  );
}
