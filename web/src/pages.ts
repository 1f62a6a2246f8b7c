// Every page of the console: menu, palette and keys are made from this list.
import { IconLayoutGrid, IconPlugConnected, type TablerIcon } from '@tabler/icons-react';
import type { ParseKeys } from 'i18next';

export interface PageEntry {
  path: string;
  label: ParseKeys;
  permission: string;
  icon: TablerIcon;
  group: 'fleet' | 'calls' | 'dialling' | 'site' | 'security';
  key: string; // "g w": goes there
}

export const pages: readonly PageEntry[] = [
  { path: '/wall', label: 'wall.title', permission: 'ottb.slot.read', icon: IconLayoutGrid, group: 'fleet', key: 'g w' },
  { path: '/archonts', label: 'archonts.title', permission: 'ottb.hub.read', icon: IconPlugConnected, group: 'fleet', key: 'g h' },
];
