import i18next from 'i18next';
import type { FieldError } from '../api/problem.ts';
import { sentenceOf } from '../words/sentence.ts';
import { type Facts, shown } from '../words/shown.ts';
import { listed, moment, money } from './format.ts';

/** What a service says of a field, in the reader's language; as it says it where nobody has words for that. */
export const fieldMessage = ({ message, code, facts }: Omit<FieldError, 'field'>): string =>
  sentenceOf(
    { code, words: message, facts },
    {
      // What keeps an order from being shipped is told elsewhere, too, and has its words there.
      sentence: (known) => catalogue(['fields'])[known] ?? catalogue(['told', 'codes'])[known],
      amazonSays: (words) => words,
      write: (told) => shown({ ...told, ...named(told) }, { money, moment, list: listed, field: (name) => name }),
    },
  );

/** Why a row of a file is refused: as a whole, or by its columns. */
export const rowMessage = ({ why, problems }: { readonly why?: string; readonly problems?: readonly FieldError[] }): string | undefined =>
  problems?.map((one) => (one.field === 'row' ? fieldMessage(one) : `${one.field}: ${fieldMessage(one)}`)).join('; ') ?? why;

/** Countries and regions by their names; regions where the words of the stores are. */
const named = (facts: Facts): Facts => {
  const regions = catalogue(['stores', 'region']);
  const nameOf = (name: string, value: string): string =>
    name === 'country' ? (new Intl.DisplayNames(i18next.language, { type: 'region' }).of(value) ?? value) : (regions[value] ?? value);
  const names = ['country', 'region', 'own'] as const;
  return Object.fromEntries(
    names.flatMap((name) => (typeof facts[name] === 'string' ? [[name, nameOf(name, facts[name] as string)]] : [])),
  );
};

const catalogue = ([area, part]: readonly [area: string, part?: string]): Readonly<Record<string, string>> =>
  (part === undefined ? i18next.getResourceBundle(i18next.language, area) : i18next.getResource(i18next.language, area, part)) ?? {};
