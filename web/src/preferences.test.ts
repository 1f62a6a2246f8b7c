import { expect, test } from 'vitest';
import { readPreferences } from './preferences.ts';

test('the first language of the browser that we speak, else Russian', () => {
  expect(readPreferences(null, ['de-DE', 'en-GB', 'ru']).language).toBe('en');
  expect(readPreferences(null, ['ru-RU', 'en']).language).toBe('ru');
  expect(readPreferences(null, ['de']).language).toBe('ru');
});

test('what was kept counts only where it is allowed', () => {
  expect(readPreferences('{"scheme":"dark","density":"huge","language":"en","x":1}', ['ru'])).toEqual({ scheme: 'dark', density: 'compact', language: 'en' });
  for (const broken of ['', '{', 'null', '7', '"a"']) expect(readPreferences(broken, ['ru']).scheme).toBe('auto');
});
