import { expect, test } from 'vitest';
import { whyOf } from './explain.ts';
import { byModule, changeOf, columnsOf, rebase } from './matrix.ts';

const permission = (name: string, meaning = '') => ({ name, meaning, roles: [] });
const role = (name: string, machine = false) => ({ name, machine, meaning: '', version: 1, permissions: [] });

test('permissions by module, telephony first, what is new at the end', () => {
  const parts = byModule(['point.b.c', 'new.x.y', 'ottb.z.z', 'ottb.a.a', 'dci.q.q'].map((name) => permission(name)));
  expect(parts.map((one) => [one.module, one.permissions.map((each) => each.name)])).toEqual([['ottb', ['ottb.a.a', 'ottb.z.z']], ['dci', ['dci.q.q']], ['point', ['point.b.c']], ['new', ['new.x.y']]]);
});

test('a filter looks at names and meanings; modules without any go', () => {
  expect(byModule([permission('ottb.slot.read', 'see slots'), permission('point.key.read', 'see keys')], 'KEYS').map((one) => one.module)).toEqual(['point']);
});

test('columns: root, people by name, machines last and only when asked for', () => {
  const roles = [role('viewer'), role('archont', true), role('root'), role('admin')];
  expect(columnsOf(roles, false).map((one) => one.name)).toEqual(['root', 'admin', 'viewer']);
  expect(columnsOf(roles, true).map((one) => one.name)).toEqual(['root', 'admin', 'viewer', 'archont']);
});

test('what is given and taken, and put again on what somebody else left', () => {
  const change = changeOf(['a', 'b'], new Set(['b', 'c']));
  expect(change).toEqual({ given: ['c'], taken: ['a'] });
  expect([...rebase(['a', 'd'], change)].toSorted()).toEqual(['c', 'd']);
});

test('the reasons of the server are known by their kind', () => {
  expect(whyOf({ because: 'one of the roles gives it' })).toBe('roles');
  expect(whyOf({ because: 'a new reason' })).toBe('other');
});
