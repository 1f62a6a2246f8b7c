// A slot's state by word, colour and icon.
import {
  IconAlertTriangle, IconCircle, IconCircleCheck, IconClockPause, IconPhoneCalling, IconPhoneRinging, IconRefresh, IconUserCheck, type TablerIcon,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { type SlotState, stateRole } from '@/theme.ts';
import classes from './state-badge.module.css';

const icons: Record<SlotState, TablerIcon> = {
  IDLE: IconCircle, ASSIGNED: IconUserCheck, REGISTERING: IconRefresh, READY: IconCircleCheck, CALLING: IconPhoneCalling,
  ACTIVE_CALL: IconPhoneRinging, POSTCALL: IconClockPause, FAULT: IconAlertTriangle,
};

export function StateIcon({ state, size = 14 }: { state: string; size?: number }) {
  const Icon = icons[state as SlotState] ?? IconCircle;
  return <Icon size={size} stroke={2} aria-hidden />;
}

export function useStateWord(): (state: string) => string {
  const { t } = useTranslation();
  return (state) => (state in icons ? t(`states.${state as SlotState}`) : state);
}

export function StateBadge({ state, large = false }: { state: string; large?: boolean }) {
  const word = useStateWord();
  return (
    <span className={classes.badge} data-state={stateRole(state)} data-large={large || undefined}>
      <StateIcon state={state} size={large ? 20 : 14} />
      {word(state)}
    </span>
  );
}
