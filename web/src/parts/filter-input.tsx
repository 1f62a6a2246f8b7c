// A field that filters: the URL follows shortly after the last key, Escape empties it, "/" leads into it.
import { CloseButton, TextInput } from '@mantine/core';
import { IconFilter } from '@tabler/icons-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useDeeds } from './shortcuts.ts';
import { useSettled } from './use-settled.ts';

interface FilterInputProps {
  value: string;
  label: string;
  group: string; // of the page, in the list of keys
  width?: number | string;
  onChange: (value: string) => void;
}

export function FilterInput({ value, label, group, width = 240, onChange }: FilterInputProps) {
  const { t } = useTranslation();
  const { text, setText, put } = useSettled(value, onChange);
  const input = useRef<HTMLInputElement>(null);
  useDeeds([{ id: `filter ${group}`, label, group, key: '/', run: () => input.current?.focus() }]);
  return (
    <TextInput
      ref={input}
      w={width}
      aria-label={label}
      placeholder={label}
      value={text}
      spellCheck={false}
      autoComplete="off"
      leftSection={<IconFilter size={14} aria-hidden />}
      rightSection={text && <CloseButton size="sm" aria-label={t('query.clear')} onClick={() => put('')} />}
      onChange={(event) => setText(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Escape') {
          if (text === '') input.current?.blur();
          else put('');
        }
      }}
    />
  );
}
