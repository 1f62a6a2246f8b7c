// The frame: header, menu by permission, the page. Dense, and quiet while all is well.
import { AppShell, Burger, Group, Kbd, NavLink, ScrollArea, Text, UnstyledButton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconSearch, IconUserCircle } from '@tabler/icons-react';
import { Link, Outlet, useMatches, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useMay, useMe } from '@/api/me.ts';
import { pages } from '@/pages.ts';
import { FrameDeeds } from './frame-deeds.tsx';
import { LineBadge, LineNote } from './line-badge.tsx';
import { Looks } from './looks.tsx';
import { openPalette } from './palette-door.ts';
import { Mark } from './mark.tsx';
import classes from './shell.module.css';

function Menu({ onGo }: { onGo: () => void }) {
  const { t } = useTranslation();
  const me = useMe();
  const may = useMay();
  const here = useMatches().at(-1)?.pathname ?? '';
  const groups = [...new Set(pages.map((page) => page.group))];
  const link = (path: string, label: string, Icon: (typeof pages)[number]['icon']) => (
    <NavLink key={path} component={Link} to={path} label={label} leftSection={<Icon size={17} stroke={1.7} aria-hidden />} active={here.startsWith(path)} onClick={onGo} className={classes.link} />
  );
  return (
    <>
      <AppShell.Section grow component={ScrollArea} p={6}>
        {groups.map((group) => {
          const mine = pages.filter((page) => page.group === group && !page.within && may(page.permission));
          if (mine.length === 0) return null;
          return (
            <div key={group} role="group" aria-label={t(`groups.${group}`)}>
              <Text className={classes.group} aria-hidden>{t(`groups.${group}`)}</Text>
              {mine.map((page) => link(page.path, t(page.label) as string, page.icon))}
            </div>
          );
        })}
      </AppShell.Section>
      <AppShell.Section p={6} className={classes.foot}>
        {link('/account', me.display_name || me.login, IconUserCircle)}
      </AppShell.Section>
    </>
  );
}

export function Shell() {
  const { t } = useTranslation();
  const [opened, { toggle, close }] = useDisclosure();
  const covered = useSearch({ strict: false }).kiosk === 'yes'; // a page stands over the frame
  return (
    <AppShell header={{ height: 44 }} navbar={{ width: 196, breakpoint: 'sm', collapsed: { mobile: !opened } }} padding={0}>
      <a className="skip" href="#page">{t('frame.skip')}</a>
      <AppShell.Header className={classes.header} inert={covered}>
        <Group h="100%" px="sm" gap="sm" wrap="nowrap">
          <Burger opened={opened} onClick={toggle} hiddenFrom="sm" size="sm" aria-label={t('frame.menu')} />
          <Mark />
          <UnstyledButton className={classes.search} onClick={openPalette}>
            <IconSearch size={14} aria-hidden />
            <Text span size="sm" className={classes.searchText}>{t('frame.search')}</Text>
            <Kbd size="xs" visibleFrom="sm">Ctrl K</Kbd>
          </UnstyledButton>
          <Group gap={4} ml="auto" wrap="nowrap">
            <LineBadge />
            <Looks />
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar className={classes.navbar} inert={covered}>
        <Menu onGo={close} />
      </AppShell.Navbar>
      <AppShell.Main id="page" tabIndex={-1} className={classes.main}>
        <LineNote />
        <Outlet />
      </AppShell.Main>
      <FrameDeeds />
    </AppShell>
  );
}
