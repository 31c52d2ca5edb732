import i18next, { type ResourceLanguage } from 'i18next';
import { initReactI18next } from 'react-i18next';

export const languages = ['en', 'de'] as const;
export type Language = (typeof languages)[number];

/** Each area of the console has its words in `<area>.<language>.ts`; a page loads those of its area, in its reader's language. */
const files = import.meta.glob<{ readonly default: ResourceLanguage }>('./*.{en,de}.ts');

const remembered = 'orderbus.language';

export const language = (): Language => {
  const chosen = localStorage.getItem(remembered) ?? navigator.language.slice(0, 2);
  return languages.find((one) => one === chosen) ?? 'en';
};

/** Dates, numbers and money are written as in the reader's country, where it speaks the chosen language. */
export const locale = (): string => navigator.languages.find((one) => one.startsWith(language())) ?? language();

/** Another language means other words in every chunk: the page begins again. */
export const chooseLanguage = (chosen: Language): void => {
  localStorage.setItem(remembered, chosen);
  location.reload();
};

let begun: Promise<unknown> | undefined;

export const startWords = async (): Promise<void> => {
  document.documentElement.lang = language();
  begun = i18next.use(initReactI18next).init({
    lng: language(),
    fallbackLng: false,
    resources: {},
    defaultNS: 'common',
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  await loadWords('common', 'problems');
};

/** The words of these areas, before a page that needs them is shown. */
export const loadWords = async (...areas: readonly string[]): Promise<void> => {
  await begun;
  await Promise.all(
    areas
      .filter((area) => !i18next.hasResourceBundle(language(), area))
      .map(async (area) => {
        const words = await files[`./${area}.${language()}.ts`]?.();
        if (words === undefined) throw new Error(`no words of ${area} in ${language()}`);
        i18next.addResourceBundle(language(), area, words.default);
      }),
  );
};
