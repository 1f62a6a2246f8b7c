// The list of people.
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { GoLink } from '@/parts/go-link.tsx';
import { Tag } from '@/parts/tag.tsx';
import { Age, Time } from '@/parts/time.tsx';
import { type Column, VirtualTable } from '@/parts/virtual-table.tsx';
import classes from './people.module.css';
import type { Presence } from './people.ts';
import type { Person } from './questions.ts';

interface PeopleRowsProps {
  people: readonly Person[];
  presence: ReadonlyMap<string, Presence> | null; // null: one may not know
  onOpen: (person: string) => void;
}

export function StateOf({ person }: { person: Person }) {
  const { t } = useTranslation();
  if (person.state === 'disabled') return <Tag tone="bad">{t('people.disabled')}</Tag>;
  return person.must_change ? <Tag tone="warn">{t('people.mustChange')}</Tag> : <Tag tone="good">{t('people.active')}</Tag>;
}

const Roles = ({ names }: { names: readonly string[] }) => <span className={classes.tags}>{names.length === 0 ? '—' : names.map((role) => <Tag key={role}>{role}</Tag>)}</span>;

const NameOf = ({ person }: { person: Person }) => <GoLink to="/people/$person" params={{ person: person.id }} fw={600} size="sm">{person.display_name}</GoLink>;

export function PeopleRows({ people, presence, onOpen }: PeopleRowsProps) {
  const { t } = useTranslation();
  const columns = useMemo<Column<Person>[]>(() => {
    const now: Column<Person>[] = presence
      ? [{
          id: 'now', header: t('people.inNow'), width: 'minmax(120px, 1fr)',
          cell: (one) => {
            const here = presence.get(one.id);
            return here ? <span>{t('people.sessionCount', { count: here.sessions })}, <Age since={here.seen} /></span> : <span className={classes.quiet}>{t('people.out')}</span>;
          },
        }]
      : [];
    return [
      { id: 'name', header: t('people.name'), width: 'minmax(160px, 1.4fr)', cell: (one) => <NameOf person={one} /> },
      { id: 'login', header: t('people.login'), width: 'minmax(110px, 1fr)', cell: (one) => one.login },
      { id: 'roles', header: t('people.roles'), width: 'minmax(170px, 1.6fr)', cell: (one) => <Roles names={one.roles} /> },
      { id: 'state', header: t('people.state'), width: '150px', cell: (one) => <StateOf person={one} /> },
      ...now,
      { id: 'changed', header: t('people.changed'), width: '150px', cell: (one) => <Time at={one.updated_at} /> },
    ];
  }, [t, presence]);
  return (
    <VirtualTable
      label={t('people.people')}
      rows={people}
      idOf={(one) => one.id}
      columns={columns}
      onOpen={(one) => onOpen(one.id)}
      card={(one) => <><NameOf person={one} /> <StateOf person={one} /><br /><Roles names={one.roles} /></>}
    />
  );
}
