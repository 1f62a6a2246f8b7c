// The one-time password must be replaced before anything else.
import { Anchor, Stack, Text, Title } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { meQuery, useMe } from '@/api/me.ts';
import { PasswordForm } from '@/parts/password-form.tsx';
import { useLeave } from '@/parts/use-leave.ts';
import { queries } from '@/queries.ts';
import { Gatehouse } from './gatehouse.tsx';
import { safeNext } from './next.ts';

export function PasswordPage() {
  const { t } = useTranslation();
  const leave = useLeave();
  const me = useMe();
  const navigate = useNavigate();
  const { next } = useSearch({ from: '/inside/password' });
  const done = async () => {
    await queries.refetchQueries({ queryKey: meQuery.queryKey });
    await navigate({ href: safeNext(next), replace: true });
  };
  return (
    <Gatehouse>
      <Stack gap="sm">
        <Title order={1}>{t('password.title')}</Title>
        {me.must_change && <Text size="sm">{t('password.must')}</Text>}
        <PasswordForm login={me.login} onDone={done} />
        <Anchor component="button" type="button" size="sm" onClick={leave}>
          {t('account.signOut')}
        </Anchor>
      </Stack>
    </Gatehouse>
  );
}
