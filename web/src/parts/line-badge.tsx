// Whether what is on the screen is live, and if not, how old it is.
import { Box, Group, Text } from '@mantine/core';
import { IconBolt, IconBoltOff, IconHistory } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLine, useSilence } from '@/live/hooks.ts';
import { SilentNote, StaleNote } from './states.tsx';
import { Age, siteZone } from './time.tsx';

export function LineBadge() {
  const { t } = useTranslation();
  const line = useLine();
  const silence = useSilence();
  const { state } = line;
  const live = state === 'live' && silence === 0;
  const heard = state === 'live' ? silence : line.heard;
  const old = !live && heard > 0;
  const Icon = live ? IconBolt : old ? IconHistory : IconBoltOff;
  const hint = state === 'forbidden' ? t('line.forbidden') : live ? t('line.liveHint', { zone: siteZone }) : state === 'live' ? t('line.silentHint') : t('line.oldHint');
  return (
    <Group title={hint} gap={4} wrap="nowrap" px={6} c={live ? 'var(--state-ready-fg)' : old ? 'var(--state-calling-fg)' : 'var(--quiet)'} role="status" data-line={state} data-silent={silence > 0 || undefined}>
      <Icon size={15} stroke={2} aria-hidden />
      <Text span size="xs" fw={600} style={{ whiteSpace: 'nowrap' }}>
        {live ? t('line.live') : state === 'forbidden' ? t('line.none') : old ? <>{t('line.old')} <span aria-live="off"><Age since={heard} /></span></> : t('line.connecting')}
      </Text>
    </Group>
  );
}

/** A short cut is nobody's business; a longer one is said above the page. */
export function LineNote() {
  const { state, heard } = useLine();
  const silence = useSilence();
  const cut = state === 'connecting' && heard > 0;
  const [long, setLong] = useState(false);
  useEffect(() => {
    setLong(false);
    if (!cut) return;
    const timer = setTimeout(() => setLong(true), 3000);
    return () => clearTimeout(timer);
  }, [cut]);
  if (state === 'live' && silence > 0)
    return (
      <Box p="xs" pb={0}>
        <SilentNote since={silence} />
      </Box>
    );
  if (!cut || !long) return null;
  return (
    <Box p="xs" pb={0}>
      <StaleNote heard={heard} />
    </Box>
  );
}
