import { expect, test } from 'vitest';
import { only, parseUrl, writeUrl } from './url.ts';

test('words stay words, whatever they look like', () => {
  expect(parseUrl('?q=7001&allowed=true&lead=12&text=a+b%3Ac&empty=')).toEqual({ q: '7001', allowed: 'true', lead: '12', text: 'a b:c', empty: '' });
  expect(parseUrl('')).toEqual({});
});

test('what is undefined is not written', () => {
  expect(writeUrl({ q: 'state:FAULT 7001', view: undefined, sort: null })).toBe('?q=state%3AFAULT+7001');
  expect(writeUrl({ q: undefined })).toBe('');
  expect(parseUrl(writeUrl({ q: '100%&=#+ я' }))).toEqual({ q: '100%&=#+ я' });
});

test('what a page does not take overrides what stands in the URL', () => {
  const read = only(({ q }: Record<string, unknown>) => (typeof q === 'string' ? { q } : {}));
  expect({ sort: 'evil', q: 'a', ...read({ sort: 'evil', q: 'a' }) }).toEqual({ sort: undefined, q: 'a' });
});
