import { expect, test } from 'vitest';
import { readDraft } from './draft.ts';
import { emptyForm } from './form.ts';

test('a draft is read back as it was', () => {
  const form = { ...emptyForm, name: 'A', kinds: ['MF'], max_attempts: '' };
  expect(readDraft(JSON.stringify({ form, version: 3 }))).toEqual({ form, version: 3 });
});

test('what does not fit is left at its beginning', () => {
  expect(readDraft(JSON.stringify({ form: { name: 5, kinds: 'MF', retry: null, ring_seconds: 20 }, version: 0 }))?.form).toEqual({ ...emptyForm, ring_seconds: 20 });
  for (const nonsense of [null, '', '{}', 'x', '[]']) expect(readDraft(nonsense)).toBeNull();
});
