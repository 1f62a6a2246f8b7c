// A day and a time as a clock on the wall shows them, 24 hours in every language (<input type="datetime-local"> asks the browser).
import { Group, Input, TextInput } from '@mantine/core';
import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { siteZone } from './time.tsx';
import { fromWall, toWall } from './zoned.ts';

interface WallInputProps {
  label: string;
  bare?: boolean; // the label is for those who listen only
  prefix?: ReactNode;
  description?: ReactNode;
  error?: ReactNode;
  value: string; // 2026-11-23T14:05, or ""
  onChange: (value: string) => void;
}

const clock = /^([01]?\d|2[0-3]):?([0-5]\d)$/;

/** "9:05" and "0905" are 09:05; null: no time of day. */
function timeOf(text: string): string | null {
  const found = clock.exec(text.trim());
  return found ? `${found[1]!.padStart(2, '0')}:${found[2]}` : null;
}

/** A year is typed digit by digit: 0002 is none yet. */
const isDay = (date: string): boolean => /^(19[7-9]\d|[2-9]\d{3})-/.test(date);

export function WallInput({ label, bare = false, prefix, description, error, value, onChange }: WallInputProps) {
  const { t } = useTranslation();
  const id = useId();
  const [date, setDate] = useState(value.slice(0, 10));
  const [time, setTime] = useState(value.slice(11, 16));
  const told = useRef(value);
  useEffect(() => {
    if (value === told.current) return; // what was typed here, not somebody else's
    told.current = value;
    setDate(value.slice(0, 10));
    setTime(value.slice(11, 16));
  }, [value]);
  const tell = (day: string, text: string) => {
    const at = text.trim() === '' ? '00:00' : timeOf(text);
    const next = day === '' && text.trim() === '' ? '' : isDay(day) && at ? `${day}T${at}` : null;
    if (next === null || next === told.current) return;
    told.current = next;
    onChange(next);
  };
  const fields = (
    <Group gap={4} wrap="nowrap">
      <TextInput id={id} type="date" aria-label={bare ? label : undefined} title={`${label} · ${siteZone}`} w={prefix ? 168 : 134} min="1970-01-01" max="9999-12-31" leftSection={prefix} leftSectionWidth={prefix ? 34 : undefined} value={date} error={Boolean(error)} onChange={({ currentTarget: { value: day } }) => { setDate(day); tell(day, time); }} />
      <TextInput aria-label={t('parts.timeOf', { what: label })} placeholder="00:00" title={siteZone} w={62} maxLength={5} inputMode="numeric" autoComplete="off" value={time} error={Boolean(error) || (time.trim() !== '' && (timeOf(time) === null || date === ''))} onChange={({ currentTarget: { value: text } }) => { setTime(text); tell(date, text); }} onBlur={() => setTime(timeOf(time) ?? time)} />
    </Group>
  );
  return bare ? fields : <Input.Wrapper id={id} size="xs" label={label} description={description} error={error}>{fields}</Input.Wrapper>;
}

/** The same for a moment (RFC 3339), read on the site's clock. */
export function MomentInput({ at, onMoment, ...rest }: Omit<WallInputProps, 'value' | 'onChange'> & { at: string | undefined; onMoment: (at: string | undefined) => void }) {
  return <WallInput {...rest} value={toWall(at, siteZone)} onChange={(wall) => onMoment(fromWall(wall, siteZone) ?? undefined)} />;
}
