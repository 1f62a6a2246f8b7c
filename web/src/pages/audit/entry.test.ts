import { expect, test } from 'vitest';
import { differencesOf, firstBad, objectOf, shownValue } from './entry.ts';
import { auditSearch, filtered } from './search.ts';

test('before and after, with what was given and taken', () => {
  const { differences, rest } = differencesOf({ roles: ['engineer', 'viewer'], roles_before: ['viewer', 'data'], state: 'active', state_before: 'active', address: '::1' });
  expect(differences).toEqual([{ name: 'roles', before: ['viewer', 'data'], after: ['engineer', 'viewer'], given: ['engineer'], taken: ['data'] }]);
  expect(rest).toEqual([['state', 'active'], ['address', '::1']]);
});

test('a before without an after is shown as it is', () => {
  expect(differencesOf({ state_before: 'active' })).toEqual({ differences: [], rest: [['state_before', 'active']] });
});

test('values in words', () => {
  expect(['x', 7, true, null, [], ['a', 'b'], { a: 1 }].map(shownValue)).toEqual(['x', '7', 'true', '—', '—', 'a, b', '{"a":1}']);
  expect(objectOf('person:01-2')).toEqual({ kind: 'person', id: '01-2' });
  expect(objectOf('/ottb/slots/7001')).toEqual({ kind: null, id: '/ottb/slots/7001' });
});

test('the first bad entry, whatever comes first in the list', () => {
  expect(firstBad([{ kind: 'checkpoint', seq: 1, message: '' }, { kind: 'edited', seq: 90, message: '' }, { kind: 'missing', seq: 17, message: '' }])).toBe(17);
  expect(firstBad([{ kind: 'checkpoint', seq: 3, message: '' }])).toBeNull();
});

test('the URL carries only what the server would take', () => {
  expect(auditSearch({ action: 'point.person.*', actor: 'имя', trail: 'x', allowed: 'maybe', from: '2026-11-23T10:00:00+03:00', until: 'soon', seq: '0' })).toEqual({ action: 'point.person.*', from: '2026-11-23T07:00:00.000Z' });
  expect(filtered({ seq: '7' })).toBe(false);
  expect(filtered({ seq: '7', allowed: 'false' })).toBe(true);
});
