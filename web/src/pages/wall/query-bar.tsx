// The query, with completion as one types and every mistake said where it stands.
import { CloseButton, Combobox, Text, TextInput, useCombobox } from '@mantine/core';
import { IconFilter } from '@tabler/icons-react';
import { type RefObject, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSettled } from '@/parts/use-settled.ts';
import { complete, type Completion, type Known } from './completion.ts';
import { parseSlotQuery, type QueryProblem } from './slot-query.ts';

interface QueryBarProps {
  q: string;
  known: Known;
  input: RefObject<HTMLInputElement | null>;
  onQuery: (q: string) => void;
}

const isGood = (text: string): boolean => parseSlotQuery(text).problems.length === 0;

export function QueryBar({ q, known, input, onQuery }: QueryBarProps) {
  const { t } = useTranslation();
  const box = useCombobox({ onDropdownClose: () => box.resetSelectedOption() });
  const [cursor, setCursor] = useState(0);
  // A query with a mistake asks for nothing: until it is mended, the last good one stands.
  const { text, setText, put: putQuery } = useSettled(q, onQuery, { good: isGood });
  const { problems } = useMemo(() => parseSlotQuery(text), [text]);
  const good = problems.length === 0;

  const options = useMemo(() => complete(text, cursor, known), [text, cursor, known]);
  // While a word is being typed it is no mistake yet.
  const said = problems.filter((one) => !(box.dropdownOpened && one.why === 'missing'));

  const put = ({ text: next, cursor: at }: Completion) => {
    setText(next);
    setCursor(at);
    requestAnimationFrame(() => input.current?.setSelectionRange(at, at));
    box.resetSelectedOption();
  };
  const words = ({ why, value, column }: QueryProblem) => `${t('query.column', { column })}: ${t(`query.${why}`, { value })}`;

  return (
    <Combobox store={box} onOptionSubmit={(index) => { const one = options[Number(index)]; if (one) put(one); }} size="xs">
      <Combobox.Target>
        <TextInput
          ref={input}
          w="100%"
          aria-label={t('query.label')}
          placeholder={t('query.placeholder')}
          value={text}
          spellCheck={false}
          autoComplete="off"
          leftSection={<IconFilter size={14} aria-hidden />}
          rightSection={text && <CloseButton size="sm" aria-label={t('query.clear')} onClick={() => putQuery('')} />}
          error={said.length > 0 && said.map(words).join('; ')}
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
          onChange={(event) => {
            setText(event.currentTarget.value);
            setCursor(event.currentTarget.selectionStart ?? event.currentTarget.value.length);
            box.openDropdown();
          }}
          onSelect={(event) => setCursor(event.currentTarget.selectionStart ?? 0)}
          onClick={() => box.openDropdown()}
          onBlur={() => box.closeDropdown()}
          onKeyDown={(event) => {
            if (event.key === 'Escape' && !box.dropdownOpened) input.current?.blur();
            if (event.key === 'Enter' && box.getSelectedOptionIndex() < 0) {
              box.closeDropdown();
              if (good) putQuery(text);
            }
            if (event.key === 'Tab' && box.dropdownOpened && options.length > 0 && !event.shiftKey && /\S$/.test(text.slice(0, cursor))) {
              event.preventDefault();
              put(options[Math.max(0, box.getSelectedOptionIndex())]!);
            }
          }}
        />
      </Combobox.Target>
      <Combobox.Dropdown hidden={options.length === 0}>
        <Combobox.Options aria-label={t('query.label')}>
          {options.map((one, index) => (
            <Combobox.Option key={one.label} value={String(index)}><Text span size="xs" ff="monospace">{one.label}</Text></Combobox.Option>
          ))}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
