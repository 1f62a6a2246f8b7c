// Every page of the console: menu, palette and keys are made from this list.
import { IconAddressBook, IconBan, IconChartHistogram, IconDeviceTv, IconHeartbeat, IconKey, IconLayoutGrid, IconListSearch, IconMapPin, IconPhone, IconPlugConnected, IconRoute, IconSettings, IconSpeakerphone, IconUserQuestion, IconUserScreen, IconUserShield, IconUsers, type TablerIcon } from '@tabler/icons-react';
import type { ParseKeys } from 'i18next';

export interface PageEntry {
  path: string;
  label: ParseKeys;
  permission: string;
  icon: TablerIcon;
  group: 'fleet' | 'calls' | 'dialling' | 'site' | 'security';
  key?: string; // "g w": goes there
  within?: string; // not in the menu: a page beside another one
}

export const pages: readonly PageEntry[] = [
  { path: '/wall', label: 'wall.title', permission: 'ottb.slot.read', icon: IconLayoutGrid, group: 'fleet', key: 'g w' },
  { path: '/archonts', label: 'archonts.title', permission: 'ottb.hub.read', icon: IconPlugConnected, group: 'fleet', key: 'g h' },
  { path: '/trunks', label: 'trunks.menu', permission: 'ottb.trunk.read', icon: IconRoute, group: 'fleet', key: 'g t' },
  { path: '/calls', label: 'calls.title', permission: 'ottb.attempt.read', icon: IconPhone, group: 'calls', key: 'g c' },
  { path: '/floor', label: 'floor.title', permission: 'ottb.campaign.read', icon: IconDeviceTv, group: 'calls', key: 'g f' },
  { path: '/analytics', label: 'analytics.title', permission: 'dci.summary.read', icon: IconChartHistogram, group: 'calls', key: 'g y' },
  { path: '/campaigns', label: 'campaigns.title', permission: 'ottb.campaign.read', icon: IconSpeakerphone, group: 'dialling', key: 'g p' },
  { path: '/leads', label: 'leads.title', permission: 'ottb.lead.read', icon: IconAddressBook, group: 'dialling', key: 'g l' },
  { path: '/health', label: 'health.title', permission: 'workspace.health.read', icon: IconHeartbeat, group: 'site', key: 'g e' },
  { path: '/settings', label: 'settings.title', permission: 'ottb.profile.read', icon: IconSettings, group: 'site', key: 'g s' },
  { path: '/settings/do-not-call', label: 'settings.dnc', permission: 'ottb.dnc.read', icon: IconBan, group: 'site', key: 'g d', within: '/settings' },
  { path: '/settings/flows', label: 'settings.flows', permission: 'ottb.flow.read', icon: IconRoute, group: 'site', within: '/settings' },
  { path: '/settings/site', label: 'settings.site', permission: 'point.self.read', icon: IconMapPin, group: 'site', within: '/settings' },
  { path: '/people', label: 'people.title', permission: 'point.person.read', icon: IconUsers, group: 'security', key: 'g o' },
  { path: '/people/roles', label: 'people.roles', permission: 'point.role.read', icon: IconUserShield, group: 'security', key: 'g r', within: '/people' },
  { path: '/people/sessions', label: 'people.sessions', permission: 'point.session.read', icon: IconUserScreen, group: 'security', within: '/people' },
  { path: '/people/keys', label: 'people.keys', permission: 'point.key.read', icon: IconKey, group: 'security', within: '/people' },
  { path: '/people/explain', label: 'people.explain', permission: 'point.role.read', icon: IconUserQuestion, group: 'security', within: '/people' },
  { path: '/audit', label: 'audit.title', permission: 'point.audit.read', icon: IconListSearch, group: 'security', key: 'g u' },
];
