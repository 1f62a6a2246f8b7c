import { expect, test } from 'vitest';
import { readViews, withView } from './views.ts';

test('what was kept counts only where it is whole', () => {
  expect(readViews('[{"name":"Faults","search":{"q":"state:FAULT","view":"x","evil":1}},{"name":""},7,{"name":"b"}]')).toEqual([{ name: 'Faults', search: { q: 'state:FAULT' } }]);
  for (const broken of [null, '', '{}', '{', '[null]']) expect(readViews(broken)).toEqual([]);
});

test('a name stands once; views are sorted by it', () => {
  const one = withView([{ name: 'b', search: {} }], { name: 'a', search: {} });
  expect(withView(one, { name: 'b', search: { q: 'x' } })).toEqual([{ name: 'a', search: {} }, { name: 'b', search: { q: 'x' } }]);
});
