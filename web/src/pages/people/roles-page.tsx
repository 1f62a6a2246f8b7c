// Roles against permissions, by module; a role is edited in its column, and saved only when it is what one looked at.
import { Button, Checkbox, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '@/api/me.ts';
import { Answer } from '@/parts/answer.tsx';
import { FilterInput } from '@/parts/filter-input.tsx';
import frame from '@/parts/page.module.css';
import { useDeeds } from '@/parts/shortcuts.ts';
import { Empty } from '@/parts/states.tsx';
import { PeopleFrame } from './frame.tsx';
import { byModule, columnsOf } from './matrix.ts';
import { Matrix } from './matrix-table.tsx';
import { rolesQuery } from './questions.ts';
import { RoleSave } from './role-save.tsx';
import { rolesSearch, type RolesSearch } from './search.ts';
import { useRoleEdit } from './use-role-edit.ts';
import { useMeanings } from './words.ts';

export function RolesPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const may = useMay();
  const meanings = useMeanings();
  const search = useSearch({ from: '/inside/frame/people/roles' });
  const list = useQuery(rolesQuery);
  const roles = useMemo(() => columnsOf(list.data?.roles ?? [], search.machines === 'yes'), [list.data, search.machines]);
  const parts = useMemo(() => byModule((list.data?.permissions ?? []).map((one) => ({ ...one, meaning: meanings.permission(one) })), search.q), [list.data, search.q, meanings]);
  const canEdit = may('point.role.update');
  const edited = canEdit ? roles.find((role) => role.name === search.role && role.name !== 'root') : undefined;
  const edit = useRoleEdit(edited);
  const go = useCallback((change: Partial<RolesSearch>) => void navigate({ to: '/people/roles', search: (old) => rolesSearch({ ...old, ...change }), replace: true }), [navigate]);
  const setQ = useCallback((q: string) => go({ q }), [go]);
  const choose = (role: string) => go({ role: role === search.role ? undefined : role });
  const group = t('people.roles');
  useDeeds(canEdit ? roles.filter((role) => role.name !== 'root').map((role) => ({ id: `role ${role.name}`, label: t('people.editRole', { role: role.name }), group, run: () => go({ role: role.name }) })) : []);
  return (
    <PeopleFrame title={t('people.roles')} note={list.data && <Text span size="sm">{t('people.roleCount', { roles: roles.length, permissions: list.data.permissions.length })}</Text>}>
      <div className={frame.tools}>
        <FilterInput value={search.q ?? ''} label={t('people.findPermission')} group={group} width={280} onChange={setQ} />
        <Checkbox label={t('people.machines')} checked={search.machines === 'yes'} onChange={(e) => go({ machines: e.currentTarget.checked ? 'yes' : undefined })} />
        {canEdit && !edited && <Text size="sm" c="var(--quiet)">{t('people.editHint')}</Text>}
      </div>
      <Answer of={list} rows={14}>
        {() => (parts.length > 0 ? <Matrix roles={roles} parts={parts} edited={edited} edit={edit} onChoose={canEdit ? choose : null} /> : <Empty title={t('people.noPermission')} action={<Button variant="default" onClick={() => go({ q: undefined })}>{t('query.clear')}</Button>}>{t('people.nothingNext')}</Empty>)}
      </Answer>
      {edited && <RoleSave role={edited} edit={edit} onClose={() => go({ role: undefined })} />}
    </PeopleFrame>
  );
}
