// What an edited role would gain and lose, and its saving.
import { Button, Code, Group, Stack, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask } from '@/api/client.ts';
import { Problem } from '@/api/problem.ts';
import { Confirm } from '@/parts/confirm.tsx';
import { Notice } from '@/parts/notice.tsx';
import { say } from '@/parts/say.ts';
import classes from './people.module.css';
import { ifMatch, type Role, rolesQuery } from './questions.ts';
import type { RoleEdit } from './use-role-edit.ts';

const Names = ({ title, names }: { title: string; names: readonly string[] }) =>
  names.length > 0 ? <div><Text size="sm" fw={600}>{title}</Text><Group gap={4}>{names.map((name) => <Code key={name}>{name}</Code>)}</Group></div> : null;

export function RoleSave({ role, edit, onClose }: { role: Role; edit: RoleEdit; onClose: () => void }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [asking, setAsking] = useState(false);
  const [outdated, setOutdated] = useState(false);
  const { given, taken } = edit.change;
  const changes = given.length + taken.length;

  const save = async () => {
    const version = edit.from?.version ?? role.version;
    try {
      await ask(api.PUT('/point/roles/{role}', { params: { path: { role: role.name }, header: ifMatch(version) }, body: { permissions: [...edit.chosen] } }));
    } catch (problem) {
      if (!(problem instanceof Problem) || problem.status !== 412) throw problem;
      const now = await queries.fetchQuery({ ...rolesQuery, staleTime: 0 });
      const standing = now.roles.find((one) => one.name === role.name);
      if (standing) edit.rebaseOn(standing);
      setOutdated(true);
      return;
    }
    await queries.invalidateQueries({ queryKey: rolesQuery.queryKey });
    void queries.invalidateQueries({ queryKey: ['explain'] });
    say({ message: t('people.roleSaved', { role: role.name }), color: 'teal' });
    setOutdated(false);
    edit.reset();
  };
  return (
    <div className={classes.save} role="toolbar" aria-label={t('people.editRole', { role: role.name })}>
      <Text size="sm" fw={650}>{role.name}</Text>
      <Text size="sm" role="status">{changes === 0 ? t('people.noChange') : t('people.changes', { given: given.length, taken: taken.length })}</Text>
      {outdated && changes > 0 && <Notice>{t('people.roleOutdated')}</Notice>}
      <Group gap={6} ml="auto">
        <Button variant="default" onClick={() => { edit.reset(); setOutdated(false); onClose(); }}>{t(changes === 0 ? 'parts.close' : 'parts.cancel')}</Button>
        <Button disabled={changes === 0} onClick={() => setAsking(true)}>{t('people.save')}</Button>
      </Group>
      {asking && (
        <Confirm title={t('people.editRole', { role: role.name })} verb={t('people.save')} danger={taken.length > 0} typed={role.name} onDo={save} onClose={() => setAsking(false)}>
          <Stack gap={6}>
            <Names title={t('people.given')} names={given} />
            <Names title={t('people.taken')} names={taken} />
            <Text size="sm">{t('people.roleAtOnce')}</Text>
          </Stack>
        </Confirm>
      )}
    </div>
  );
}
