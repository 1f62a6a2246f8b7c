import { expect, test } from 'vitest';
import { allPages } from './all-pages.ts';

test('every page in its order, until there is no next one', async () => {
  const asked: unknown[] = [];
  const pages = [{ items: [1, 2], next: 'a' }, { items: [3], next: 'b' }, { items: [4] }];
  const all = await allPages(async (after) => {
    asked.push(after);
    return pages[asked.length - 1]!;
  });
  expect(all).toEqual([1, 2, 3, 4]);
  expect(asked).toEqual([{}, { after: 'a' }, { after: 'b' }]);
});

test('a list without an end is cut', async () => {
  expect(await allPages(async () => ({ items: [0], next: 'more' }))).toHaveLength(40);
});
