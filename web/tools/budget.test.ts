import { expect, test } from 'vitest';
import { type Piece, weigh } from './budget.ts';

const piece = (length: number, imports: string[], kind: 'entry' | 'lazy' | 'shared'): Piece => ({
  code: Array.from({ length }, (_, i) => ((i * 7919) % 104729).toString(36)).join(''),
  imports,
  isEntry: kind === 'entry',
  isDynamicEntry: kind === 'lazy',
});

test('what the entry imports counts as first, and a lazy piece counts only what it adds', () => {
  const vendor = piece(400, [], 'shared');
  const table = piece(200, [], 'shared');
  const all = new Map([
    ['main.js', piece(100, ['vendor.js'], 'entry')],
    ['vendor.js', vendor],
    ['wall.js', piece(50, ['vendor.js', 'table.js'], 'lazy')],
    ['table.js', table],
  ]);
  const sizes = weigh(all);
  expect([...sizes.keys()]).toEqual(['first', 'wall.js']);
  const alone = weigh(new Map([['main.js', piece(100, [], 'entry')]])).get('first')!;
  expect(sizes.get('first')!).toBeGreaterThan(alone);
  expect(sizes.get('wall.js')!).toBeLessThan(sizes.get('first')!);
});

test('imports in a circle end', () => {
  const all = new Map([
    ['a.js', piece(10, ['b.js'], 'entry')],
    ['b.js', piece(10, ['a.js'], 'shared')],
  ]);
  expect(weigh(all).get('first')).toBeGreaterThan(0);
});
