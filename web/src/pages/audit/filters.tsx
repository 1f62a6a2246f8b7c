// Who, what, to what, when: each goes into the URL as soon as it makes sense to the server.
import { Autocomplete, Button, Group, Select, TextInput } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import frame from '@/parts/page.module.css';
import { useSettled } from '@/parts/use-settled.ts';
import { MomentInput } from '@/parts/wall-input.tsx';
import type { Person } from '@/pages/people/questions.ts';
import { actions } from './actions.ts';
import { auditSearch, type AuditSearch, filtered } from './search.ts';

interface FiltersProps {
  search: AuditSearch;
  people: readonly Person[];
  onChange: (change: Partial<AuditSearch>) => void;
  onClear: () => void;
}

const settle = 400; // milliseconds after the last key
const trimmed = (text: string): string => text.trim();

/** A field's text while it is typed; what the server would refuse stays in the field and is marked. */
function useField(name: 'action' | 'object' | 'trail' | 'actor', search: AuditSearch, onChange: FiltersProps['onChange']) {
  const fits = useCallback((text: string) => text.trim() === '' || auditSearch({ [name]: text })[name] !== undefined, [name]);
  const change = useCallback((text: string) => onChange({ [name]: text || undefined }), [name, onChange]);
  const { text, setText } = useSettled(search[name] ?? '', change, { after: settle, good: fits, clean: trimmed });
  return { value: text, setText, error: !fits(text) };
}

export function Filters({ search, people, onChange, onClear }: FiltersProps) {
  const { t } = useTranslation();
  const action = useField('action', search, onChange);
  const object = useField('object', search, onChange);
  const trail = useField('trail', search, onChange);
  const who = people.map((one) => ({ value: one.id, label: `${one.display_name} (${one.login})` }));
  const others = ['system', 'nobody'].map((one) => ({ value: one, label: t(`audit.${one as 'system'}`) }));
  const strange = search.actor && !people.some((one) => one.id === search.actor) && !others.some((one) => one.value === search.actor) ? [{ value: search.actor, label: search.actor }] : [];
  const time = (name: 'from' | 'until') => <MomentInput key={name} label={t(`audit.${name}`)} at={search[name]} onMoment={(at) => onChange({ [name]: at })} />;
  return (
    <Group className={frame.tools} align="flex-end" gap={8} role="search" aria-label={t('audit.filters')}>
      <Select label={t('audit.actor')} placeholder={t('audit.anybody')} w={150} searchable clearable data={[...who, ...others, ...strange]} value={search.actor ?? null} onChange={(actor) => onChange({ actor: actor ?? undefined })} clearButtonProps={{ 'aria-label': t('query.clear') }} />
      <Autocomplete label={t('audit.action')} placeholder="point.person.*" w={148} data={actions} limit={12} value={action.value} onChange={action.setText} error={action.error} spellCheck={false} />
      <TextInput label={t('audit.object')} placeholder="person:…" w={118} value={object.value} onChange={(e) => object.setText(e.currentTarget.value)} error={object.error} spellCheck={false} />
      <Select label={t('audit.allowed')} placeholder={t('audit.either')} w={104} clearable data={[{ value: 'true', label: t('audit.yes') }, { value: 'false', label: t('audit.no') }]} value={search.allowed ?? null} onChange={(allowed) => onChange({ allowed: (allowed ?? undefined) as AuditSearch['allowed'] })} clearButtonProps={{ 'aria-label': t('query.clear') }} />
      {time('from')}
      {time('until')}
      <TextInput label={t('parts.trail.word')} placeholder="0190…" w={88} value={trail.value} onChange={(e) => trail.setText(e.currentTarget.value)} error={trail.error} spellCheck={false} />
      {filtered(search) && <Button variant="subtle" leftSection={<IconX size={14} aria-hidden />} onClick={onClear}>{t('query.clear')}</Button>}
    </Group>
  );
}
