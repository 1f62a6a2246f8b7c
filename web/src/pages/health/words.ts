// The name of an item, what is wrong with it and what to do: our own words where we have them, else the server's.
import { useTranslation } from 'react-i18next';
import type { LiveHealth } from '@/live/topics.ts';
import { useNumbers } from '@/parts/numbers.ts';
import { textKey } from './health.ts';

// Proper names: the same in every language.
const properNames: Record<string, string> = { postgres: 'PostgreSQL', rabbitmq: 'RabbitMQ', redis: 'Redis', kamailio: 'Kamailio', asterisk: 'Asterisk' };

export function useHealthWords() {
  const { t, i18n } = useTranslation();
  const { count } = useNumbers();
  const own = (item: LiveHealth, part: 'name' | 'text' | 'advice'): string | null => {
    const key = `health.items.${textKey(item)}.${part}` as 'health.items.engine_fleet.name';
    const known: boolean = i18n.exists(key); // by itself: as a condition it would widen the key's type
    return known ? t(key) : null;
  };
  const general = (item: LiveHealth, part: 'text' | 'advice') => t(item.kind === 'process' ? `health.process.${part}` : `health.other.${part}`);
  return {
    name: (item: LiveHealth) => own(item, 'name') ?? properNames[item.name] ?? (item.kind === 'trouble' ? (item.text ?? item.name) : item.name),
    text: (item: LiveHealth) => own(item, 'text') ?? item.text ?? general(item, 'text'),
    advice: (item: LiveHealth) => own(item, 'advice') ?? item.advice ?? general(item, 'advice'),
    value: (item: LiveHealth) => (item.value === null || item.value === undefined ? null : item.unit === 's' ? t('archonts.s', { n: count(item.value) }) : item.unit === 'ms' ? t('archonts.ms', { n: count(item.value) }) : `${count(item.value)}${item.unit ? ` ${item.unit}` : ''}`),
  };
}
