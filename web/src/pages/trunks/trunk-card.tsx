// A trunk at a glance: whether it answers, how full it is, its limits and its place among the others.
import { Button, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Gauge } from '@/parts/gauge.tsx';
import { useNumbers } from '@/parts/numbers.ts';
import { Tag, type Tone } from '@/parts/tag.tsx';
import { Time } from '@/parts/time.tsx';
import classes from './trunks.module.css';
import type { TrunkRow } from './use-trunks.ts';

const tones: Record<string, Tone> = { up: 'good', down: 'bad', unknown: 'plain' };

interface TrunkCardProps {
  trunk: TrunkRow;
  may: boolean;
  onChange: () => void;
  onSwitch: () => void;
}

export function TrunkCard({ trunk, may, onChange, onSwitch }: TrunkCardProps) {
  const { t } = useTranslation();
  const { count } = useNumbers();
  const { name, enabled, health, in_use: used, channels } = trunk;
  const tone = enabled ? (tones[health] ?? 'plain') : 'plain';
  const say = used === null ? t('trunks.useUnknown', { name, channels }) : t('trunks.useSay', { name, used, channels });
  const fact = (label: string, value: string) => <div className={classes.fact}><dt>{label}</dt><dd>{value}</dd></div>;
  return (
    <article className={classes.card} data-tone={tone} data-off={!enabled || undefined} aria-label={name}>
      <Group justify="space-between" gap={6} wrap="nowrap">
        <h2 className={classes.name}>{name}</h2>
        <Group gap={4} wrap="nowrap">
          {trunk.simulated && <Tag>{t('trunks.simulated')}</Tag>}
          <Tag tone={tone}>{t(enabled ? `trunks.health.${health as 'up'}` : 'trunks.disabled', { defaultValue: health })}</Tag>
        </Group>
      </Group>
      <Text size="xs" c="var(--quiet)" className={classes.host}>
        {trunk.host}:{trunk.port} {trunk.transport.toUpperCase()} · {t(`trunks.modes.${trunk.mode as 'ip'}`, { defaultValue: trunk.mode })}
      </Text>
      <div className={classes.body}>
        <div className={classes.dial} title={t('trunks.useNote')}>
          <Gauge used={used} limit={channels} label={say} off={!enabled} />
          <Text size="xs" c="var(--quiet)" ta="center" aria-hidden>{t('trunks.ofChannels', { channels: count(channels) })}</Text>
        </div>
        <dl className={classes.facts}>
          {fact(t('trunks.cps'), count(trunk.cps))}
          {fact(t('trunks.priority'), count(trunk.priority))}
          {fact(t('trunks.weight'), count(trunk.weight))}
          {fact(t('trunks.prefix'), trunk.prefix || t('trunks.anyNumber'))}
        </dl>
      </div>
      {may && (
        <Group gap={6} justify="flex-end" mt="auto">
          {enabled && trunk.health_at && <Text span size="xs" c="var(--quiet)" mr="auto">{t('slot.since')} <Time at={trunk.health_at} /></Text>}
          <Button variant="subtle" size="compact-xs" onClick={onSwitch} aria-label={`${t(enabled ? 'trunks.disable' : 'trunks.enable')}: ${name}`}>{t(enabled ? 'trunks.disable' : 'trunks.enable')}</Button>
          <Button variant="default" size="compact-xs" onClick={onChange} aria-label={`${t('trunks.change')}: ${name}`}>{t('trunks.change')}</Button>
        </Group>
      )}
    </article>
  );
}
