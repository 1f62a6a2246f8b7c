// Small signs of what holds a slot back, each with its word.
import { IconLinkOff, IconLock, IconPhoneOff, IconPlayerPause, IconShieldX, type TablerIcon } from '@tabler/icons-react';
import type { ParseKeys } from 'i18next';
import { useTranslation } from 'react-i18next';
import classes from './wall.module.css';
import type { WallSlot } from './wall-slot.ts';

const signs: [(slot: WallSlot) => boolean, TablerIcon, ParseKeys][] = [
  [(slot) => slot.locked, IconLock, 'flags.locked'],
  [(slot) => slot.drain, IconPlayerPause, 'flags.drain'],
  [(slot) => slot.quarantine, IconShieldX, 'flags.quarantine'],
  [(slot) => slot.unreachable, IconLinkOff, 'flags.unreachable'],
  [(slot) => !slot.registered, IconPhoneOff, 'flags.unregistered'],
];

export function Flags({ slot }: { slot: WallSlot }) {
  const { t } = useTranslation();
  return (
    <span className={classes.flags}>
      {signs.map(([holds, Icon, word]) => holds(slot) && <span key={word} role="img" aria-label={t(word)} title={t(word)}><Icon size={14} stroke={1.9} aria-hidden /></span>)}
    </span>
  );
}
