import { expect, test } from 'vitest';
import { oneOf, present, text } from './search-text.ts';

test('words of the URL', () => {
  expect(text('  ')).toBeUndefined();
  expect(text(7)).toBeUndefined();
  expect(text('abcdef', 3)).toBe('abc');
  expect(oneOf('b', ['a', 'b'])).toBe('b');
  expect(oneOf('c', ['a', 'b'])).toBeUndefined();
  expect(present({ a: '', b: undefined, c: null, d: 'x', e: false })).toEqual({ d: 'x', e: false });
});
