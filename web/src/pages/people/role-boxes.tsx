// Which roles somebody has: each with what it is for.
import { Checkbox, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Role } from './questions.ts';
import { useMeanings } from './words.ts';

export function RoleBoxes({ roles, value, onChange }: { roles: readonly Role[]; value: string[]; onChange: (value: string[]) => void }) {
  const { t } = useTranslation();
  const meanings = useMeanings();
  return (
    <Checkbox.Group label={t('people.roles')} value={value} onChange={onChange}>
      <Stack gap={6} mt={4}>
        {roles.filter((role) => !role.machine).map((role) => <Checkbox key={role.name} value={role.name} label={role.name} description={meanings.role(role)} />)}
      </Stack>
    </Checkbox.Group>
  );
}
