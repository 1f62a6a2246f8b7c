// One's own account: who one is, sessions, password, second factor.
import { Button, Code, Group, SimpleGrid, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useMe, useMeAgain } from '@/api/me.ts';
import { PasswordForm } from '@/parts/password-form.tsx';
import { PageHead, Section } from '@/parts/section.tsx';
import { say } from '@/parts/say.ts';
import { Tag } from '@/parts/tag.tsx';
import { useLeave } from '@/parts/use-leave.ts';
import { signOut } from '@/session.ts';
import { SecondFactor } from './second-factor.tsx';
import { Sessions } from './sessions.tsx';

export function AccountPage() {
  const { t } = useTranslation();
  const me = useMe();
  const again = useMeAgain();
  const leave = useLeave();
  const changed = async () => {
    say({ message: t('password.done'), color: 'teal' });
    await again();
  };
  return (
    <Stack p="sm" gap="sm" maw={1180}>
      <PageHead title={me.display_name || me.login} note={<Code>{me.login}</Code>}>
        <Button variant="default" onClick={leave}>{t('account.signOut')}</Button>
      </PageHead>
      <Section title={t('account.rights')}>
        <Group gap={6}>{me.roles.map((role) => <Tag key={role}>{role}</Tag>)}</Group>
        <details>
          <summary><Text span size="sm">{t('account.permissions', { count: me.permissions.length })}</Text></summary>
          <Group gap={4} mt={6}>{me.permissions.map((one) => <Code key={one}>{one}</Code>)}</Group>
        </details>
      </Section>
      <Sessions onEverywhere={() => signOut(true)} />
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="sm">
        <Section title={t('password.title')} note={t('password.ends')}>
          <PasswordForm login={me.login} onDone={changed} />
        </Section>
        <SecondFactor />
      </SimpleGrid>
    </Stack>
  );
}
