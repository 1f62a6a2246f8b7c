import { expect, test } from 'vitest';
import { complete } from './completion.ts';

const known = { hubs: ['mf-01', 'mf-02', 'auto 1'], faults: ['AUTH'] };
const labels = (text: string) => complete(text, text.length, known).map((one) => one.label);

test('keys first, then their values', () => {
  expect(labels('')).toEqual(['state:', 'hub:', 'kind:', 'number:', 'is:', 'fault:']);
  expect(labels('state:FAULT h')).toEqual(['hub:']);
  expect(labels('-')).toEqual(['-is:']);
  expect(labels('state:ac')).toEqual(['ACTIVE_CALL']);
  expect(labels('hub:m')).toEqual(['mf-01', 'mf-02']);
  expect(labels('number:7')).toEqual([]);
});

test('a value that stands already is not offered again', () => {
  expect(labels('kind:MF,')).toEqual(['AUTO', 'LS']);
});

test('what is chosen replaces the word, quoted where it must be, and the cursor goes behind it', () => {
  expect(complete('hub:a', 5, known)).toEqual([{ text: 'hub:"auto 1" ', cursor: 13, label: 'auto 1' }]);
  expect(complete('st kind:MF', 2, known)).toEqual([{ text: 'state: kind:MF', cursor: 6, label: 'state:' }]);
});

test('within quotes nothing is offered', () => {
  expect(labels('hub:"m')).toEqual([]);
});
