// Texts. A language comes as a file of its own; keys are checked by the compiler against the English file.
import i18next, { type i18n } from 'i18next';
import { initReactI18next } from 'react-i18next';
import type en from './en.json';

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: typeof en };
    returnNull: false;
  }
}

const files = { en: () => import('./en.json'), ru: () => import('./ru.json') };
export type Language = keyof typeof files;

async function load(language: Language): Promise<void> {
  if (i18next.hasResourceBundle(language, 'translation')) return;
  const file = await files[language]();
  i18next.addResourceBundle(language, 'translation', file.default);
}

export async function speak(language: Language): Promise<void> {
  await load(language);
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
}

export async function startTexts(language: Language): Promise<i18n> {
  const file = await files[language]();
  await i18next.use(initReactI18next).init({
    lng: language,
    resources: { [language]: { translation: file.default } },
    interpolation: { escapeValue: false }, // React escapes
    react: { useSuspense: false },
  });
  document.documentElement.lang = language;
  return i18next;
}
