// The matrix: a permission a row with its meaning, a role a column.
import { Checkbox } from '@mantine/core';
import { IconCheck, IconPencil } from '@tabler/icons-react';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import frame from '@/parts/page.module.css';
import type { ModulePart } from './matrix.ts';
import classes from './people.module.css';
import type { Role } from './questions.ts';
import type { RoleEdit } from './use-role-edit.ts';
import { useMeanings } from './words.ts';

interface MatrixProps {
  roles: readonly Role[];
  parts: readonly ModulePart[];
  edited: Role | undefined;
  edit: RoleEdit;
  onChoose: ((role: string) => void) | null; // null: one may only look
}

export function Matrix({ roles, parts, edited, edit, onChoose }: MatrixProps) {
  const { t } = useTranslation();
  const meanings = useMeanings();
  const held = new Map(roles.map((role) => [role.name, new Set(role.permissions)]));
  const changed = new Set([...edit.change.given, ...edit.change.taken]);
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keys
    <div className={frame.scroll} role="region" aria-label={t('people.roles')} tabIndex={0}>
      <table className={classes.matrix}>
        <thead>
          <tr>
            <th scope="col">{t('people.permission')}</th>
            {roles.map((role) => (
              <th key={role.name} scope="col" title={meanings.role(role)} data-chosen={role === edited || undefined}>
                {onChoose && role.name !== 'root' ? (
                  <button type="button" className={classes.roleHead} aria-pressed={role === edited} aria-label={t('people.editRole', { role: role.name })} onClick={() => onChoose(role.name)}>
                    {role.name}<IconPencil size={12} aria-hidden />
                  </button>
                ) : role.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {parts.map(({ module, permissions }) => (
            <Fragment key={module}>
              <tr><th scope="rowgroup" colSpan={roles.length + 1} className={classes.module}>{meanings.module(module)}</th></tr>
              {permissions.map((one) => (
                <tr key={one.name}>
                  <th scope="row">{one.meaning}<span className={classes.permission}>{one.name}</span></th>
                  {roles.map((role) => {
                    const has = held.get(role.name)?.has(one.name) ?? false;
                    if (role === edited) {
                      return (
                        <td key={role.name} data-chosen data-changed={changed.has(one.name) || undefined}>
                          <Checkbox display="inline-block" aria-label={`${role.name}: ${one.name}`} checked={edit.chosen.has(one.name)} onChange={() => edit.toggle(one.name)} />
                        </td>
                      );
                    }
                    return <td key={role.name}>{has ? <span className={classes.yes} role="img" aria-label={t('parts.yes')}><IconCheck size={16} stroke={2.4} aria-hidden /></span> : <span className={classes.no} role="img" aria-label={t('parts.no')}>·</span>}</td>;
                  })}
                </tr>
              ))}
            </Fragment>
          ))}
        </tbody>
      </table>
    </div>
  );
}
