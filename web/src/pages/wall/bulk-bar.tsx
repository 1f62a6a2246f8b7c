// What can be done with the chosen slots.
import { Button, CloseButton, Text, Tooltip } from '@mantine/core';
import { IconLock, IconPlayerPause, IconPlayerPlay, IconStethoscope, type TablerIcon } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { permissionOf } from '@/api/commands.ts';
import { useMay } from '@/api/me.ts';
import { type BulkDeed, bulkDeeds } from './bulk.ts';
import classes from './wall.module.css';

const icons: Record<BulkDeed, TablerIcon> = { drain: IconPlayerPause, lock: IconLock, release: IconPlayerPlay, recover: IconStethoscope };
export const bulkPermission = (deed: BulkDeed): string => permissionOf(deed === 'release' ? 'unlock' : deed);

export function BulkBar({ count, onDeed, onClear }: { count: number; onDeed: (deed: BulkDeed) => void; onClear: () => void }) {
  const { t } = useTranslation();
  const may = useMay();
  return (
    <div className={classes.bulk} role="toolbar" aria-label={t('bulk.toolbar')}>
      <Text size="sm" fw={600} mr="xs">{t('bulk.chosen', { count })}</Text>
      {bulkDeeds.map((deed) => {
        const Icon = icons[deed];
        const permission = bulkPermission(deed);
        const button = <Button key={deed} variant="default" leftSection={<Icon size={14} aria-hidden />} disabled={!may(permission)} onClick={() => onDeed(deed)}>{t(`bulk.${deed}`)}</Button>;
        return may(permission) ? button : <Tooltip key={deed} label={t('parts.needs', { permission })}><span>{button}</span></Tooltip>;
      })}
      <CloseButton ml="auto" aria-label={t('bulk.clear')} onClick={onClear} />
    </div>
  );
}
