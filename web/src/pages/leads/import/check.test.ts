import { expect, test } from 'vitest';
import { Checker, digitsOf } from './check.ts';
import { legalLines } from './legal.ts';
import { emptyMapping, isZone, mappingMistakes, queryOf, suggest } from './mapping.ts';

const header = ['Телефон', 'tz', 'Согласие', 'city'];
const mapping = { ...emptyMapping, columns: suggest(header) };

function count(rows: string[][], more: object = {}) {
  const checker = new Checker(header, { ...mapping, ...more });
  rows.forEach((fields, i) => checker.take({ line: i + 2, fields }));
  return checker.counts;
}

test('columns are found by their usual names in either language', () => {
  expect(mapping.columns).toEqual({ phone: 'Телефон', zone: 'tz', consent: 'Согласие', consent_source: '', consent_at: '', priority: '' });
  expect(suggest(['x', ' MSISDN ']).phone).toBe(' MSISDN ');
});

test('mistakes of the mapping', () => {
  expect(mappingMistakes(mapping)).toEqual([]);
  expect(mappingMistakes(emptyMapping)).toEqual(['noPhone']);
  expect(mappingMistakes({ ...mapping, columns: { ...mapping.columns, priority: 'tz' }, region: 'us', zone_default: 'Mars/Base', consent_all: 'x' })).toEqual(['twice', 'region', 'zone', 'consentAll']);
  expect([isZone('Europe/Moscow'), isZone('UTC'), isZone('Europe/Nowhere'), isZone('CET1')]).toEqual([true, true, false, false]);
});

test('the query says only what was chosen', () => {
  expect(queryOf({ ...mapping, region: 'RU' }, 'semicolon', 'a/b.csv')).toEqual({ delimiter: 'semicolon', filename: 'a_b.csv', phone: 'Телефон', zone: 'tz', consent: 'Согласие', region: 'RU' });
});

test('numbers are known again however they are written', () => {
  expect([digitsOf('+1 (212) 555-01.00'), digitsOf('8 912 345 67 89'), digitsOf('12'), digitsOf('call me'), digitsOf('+1212555010012345')]).toEqual(['+12125550100', '89123456789', '', '', '']);
});

test('every row is counted once as bad, again or good', () => {
  const counts = count([['+12125550100', 'America/New_York', 'да'], ['+1 212 555-0100', '', 'yes'], ['nobody', '', ''], ['89123456789', 'Mars/Base', 'maybe'], ['89123456780', '', 'нет']]);
  expect(counts).toEqual({ rows: 5, bad: 2, twice: 1, national: 2, noZone: 3, badZone: 1, noConsent: 3 });
  expect(count([['89123456789', '', 'нет']], { region: 'RU', zone_default: 'Europe/Moscow', consent_all: 'web form' })).toMatchObject({ national: 0, noZone: 0, noConsent: 0, bad: 0 });
});

test('what the rules will say', () => {
  const rules = { consent_required: true, windows: [{ days: ['mon'], from: '09:00', to: '20:00' }], countries: ['US'] };
  const codes = (purpose: string, more: object, rows: string[][]) => legalLines(purpose, rules, { ...mapping, ...more }, count(rows, more)).map((line) => line.code);
  expect(codes('service', {}, [['+12125550100', '', 'yes']])).toEqual(['consentGood', 'sourceMissing', 'windows', 'zones', 'dnc']);
  expect(codes('advertising', { region: 'RU' }, [['+12125550100', 'UTC', 'no']])).toEqual(['advertising', 'consentNone', 'windows', 'country', 'dnc']);
  expect(codes('service', { consent_all: 'contract' }, [['+12125550100', 'UTC', 'no']])).toEqual(['consentAll', 'windows', 'dnc']);
  expect(legalLines('service', {}, mapping, count([])).map((line) => line.code)).toEqual(['noWindows', 'dnc']);
});
