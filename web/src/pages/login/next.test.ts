import { expect, test } from 'vitest';
import { safeNext } from './next.ts';

test('only paths of our own are followed', () => {
  expect(safeNext('/wall?q=state:FAULT')).toBe('/wall?q=state:FAULT');
  for (const bad of [undefined, '', 'https://evil.example/', '//evil.example', '/\\evil.example', 'wall', '/login?next=/login', '/password']) expect(safeNext(bad)).toBe('/');
});
