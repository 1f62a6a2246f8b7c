import { expect, test } from 'vitest';
import en from './en.json';
import ru from './ru.json';

type Tree = { [key: string]: string | Tree };
function flat(tree: Tree, before = ''): Map<string, string> {
  return new Map(Object.entries(tree).flatMap(([key, value]) => (typeof value === 'string' ? [[before + key, value] as const] : [...flat(value, `${before}${key}.`)])));
}
const english = flat(en);
const russian = flat(ru);
const plural = /_(zero|one|two|few|many|other)$/;
const stems = (texts: Map<string, string>) => new Set([...texts.keys()].map((key) => key.replace(plural, '')));
const gaps = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((one) => one[1]).toSorted().join(' ');

test('both languages say the same things', () => {
  expect([...stems(russian)].toSorted()).toEqual([...stems(english)].toSorted());
});

test('every plural has the forms of its language', () => {
  for (const [language, texts, forms] of [['en', english, ['one', 'other']], ['ru', russian, ['few', 'many', 'one', 'other']]] as const) {
    const found = Map.groupBy([...texts.keys()].filter((key) => plural.test(key)), (key) => key.replace(plural, ''));
    for (const [stem, keys] of found) expect([language, stem, keys.map((key) => plural.exec(key)![1]).toSorted()]).toEqual([language, stem, forms]);
  }
});

test('both languages have the same gaps, and nothing is empty', () => {
  for (const [key, text] of russian) {
    expect(text.trim(), key).not.toBe('');
    const other = english.get(key) ?? english.get(key.replace(plural, '_other'));
    expect([key, gaps(text)]).toEqual([key, gaps(other!)]);
  }
});

test('a Russian text is in Russian', () => {
  const foreign = [...russian].filter(([, text]) => !/[а-яё]/i.test(text)).map(([key]) => key);
  expect(foreign).toEqual(['query.placeholder', 'analytics.asr', 'analytics.acd']);
});
