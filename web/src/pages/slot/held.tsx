// Why the slot takes no calls, when it takes none: in words, each with its reason.
import { Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Notice } from '@/parts/notice.tsx';
import { Time } from '@/parts/time.tsx';
import type { SlotView } from './use-slot.ts';

export function Held({ slot }: { slot: SlotView }) {
  const { t } = useTranslation();
  const reasons = [
    slot.retired && { key: 'retired', text: t('slot.held.retired') },
    slot.locked && { key: 'locked', text: [t('slot.held.locked'), slot.lock_reason].filter(Boolean).join(' ') },
    slot.drain && { key: 'drain', text: slot.drain_since ? <>{t('slot.held.drainSince')} <Time at={slot.drain_since} /></> : t('slot.held.drain') },
    slot.quarantine && { key: 'quarantine', text: t('slot.held.quarantine') },
    slot.unreachable && { key: 'unreachable', text: t('slot.held.unreachable') },
  ].filter((one) => one !== false);
  if (reasons.length === 0) return null;
  return (
    <Stack gap={6}>
      {reasons.map((one) => (
        <Notice key={one.key}>{one.text}</Notice>
      ))}
    </Stack>
  );
}
