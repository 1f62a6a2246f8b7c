import { expect, test } from 'vitest';
import { importSearch, leadsSearch } from './search.ts';

const id = '01900000-0000-7000-8000-000000000001';

test('the URL carries filters, a search by its id, and nothing else', () => {
  expect(leadsSearch({ campaign: id, state: 'due', outcome: 'busy', refusal: 'no_consent', found: id, lead: '42', number: '+12125550100' })).toEqual({ campaign: id, state: 'due', outcome: 'busy', refusal: 'no_consent', found: id, lead: '42' });
  expect(leadsSearch({ campaign: 'x', state: 'alive', outcome: 7, found: '+12125550100', lead: '4x' })).toEqual({});
  expect(importSearch({ campaign: id, import: id, state: 'due' })).toEqual({ campaign: id, import: id });
});
