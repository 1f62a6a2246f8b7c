import { expect, test } from 'vitest';
import { branchesOf, byName, countriesOf, holidaysOf, walk, weekOf } from './documents.ts';
import { dncSearch } from './search.ts';

test('versions stand under their name, the newest first', () => {
  const all = [{ id: '1', name: 'strict', version: 1 }, { id: '2', name: 'sim', version: 1 }, { id: '3', name: 'strict', version: 2 }];
  expect(byName(all).map((one) => [one.name, one.versions.map((each) => each.version)])).toEqual([['sim', [1]], ['strict', [2, 1]]]);
  expect(byName(all, 'STR').map((one) => one.name)).toEqual(['strict']);
});

test('windows by day, early first', () => {
  const week = weekOf([{ days: ['mon', 'sat'], from: '13:00', to: '21:00' }, { days: ['mon'], from: '09:00', to: '12:00' }, { days: ['sun'], from: '00:00', to: '24:00' }]);
  expect(week.mon.map((one) => one.from)).toEqual(['09:00', '13:00']);
  expect(week.tue).toEqual([]);
  expect(week.sat[0]).toEqual({ from: '13:00', to: '21:00', start: 13 / 24, length: 8 / 24 });
  expect(week.sun[0]?.length).toBe(1);
  expect(weekOf(undefined).mon).toEqual([]);
});

test('countries and holidays as people type them', () => {
  expect(countriesOf(' ru, KZ;by ru')).toEqual(['RU', 'KZ', 'BY']);
  expect(countriesOf('')).toEqual([]);
  expect(countriesOf('Russia')).toBeNull();
  expect(holidaysOf('2027-01-02\n2027-01-01, 2027-01-01')).toEqual(['2027-01-01', '2027-01-02']);
  expect(holidaysOf('1 января')).toBeNull();
});

test('a flow is walked from its start, loops end, what nobody reaches comes last', () => {
  const nodes = { lost: { hang_up: true }, bye: { hang_up: true }, menu: { branch: { '': 'menu', '1': 'bye', else: 'start' } }, start: { next: 'menu' } };
  expect(walk('start', nodes)).toEqual([{ name: 'start', reached: true }, { name: 'menu', reached: true }, { name: 'bye', reached: true }, { name: 'lost', reached: false }]);
  expect(branchesOf({ branch: { '': 'a', else: 'b', '9': 'c', '1': 'd' } }).map(([key]) => key)).toEqual(['1', '9', 'else', '']);
});

test('the list of numbers in the URL', () => {
  expect(dncSearch({ list: 'national' })).toEqual({ list: 'national' });
  expect(dncSearch({ list: 'global' })).toEqual({});
  expect(dncSearch({ list: 'x' })).toEqual({});
});
