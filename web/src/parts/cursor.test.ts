import { expect, test } from 'vitest';
import { moveCursor, rangeOf } from './cursor.ts';

test('keys move within a grid and never out of it', () => {
  const at = (key: string, from: number) => moveCursor(key, from, 10, 4, 2);
  expect([at('ArrowRight', 0), at('ArrowRight', 9), at('ArrowLeft', 0)]).toEqual([1, 9, 0]);
  expect([at('ArrowDown', 1), at('ArrowDown', 7), at('ArrowUp', 2)]).toEqual([5, 7, 2]);
  expect([at('PageDown', 1), at('PageUp', 9), at('Home', 5), at('End', 5)]).toEqual([9, 1, 0, 9]);
  expect(at('x', 1)).toBeNull();
  expect(moveCursor('End', 0, 0, 4, 2)).toBeNull();
});

test('a range in either direction, or the one alone', () => {
  const ids = ['a', 'b', 'c', 'd'];
  expect(rangeOf(ids, 'c', 'a')).toEqual(['a', 'b', 'c']);
  expect(rangeOf(ids, null, 'b')).toEqual(['b']);
  expect(rangeOf(ids, 'gone', 'b')).toEqual(['b']);
});
