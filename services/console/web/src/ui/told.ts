import i18next from 'i18next';
import { type Saying, sentenceOf } from '../words/sentence.ts';
import { type Facts, shown } from '../words/shown.ts';
import { listed, moment, money } from './format.ts';

/** As the gateway tells it of its stores and searches. */
export interface LastError {
  readonly lastError?: string | undefined;
  readonly failure?: Omit<Saying, 'words'> | undefined;
}

export type { Facts } from '../words/shown.ts';

/** Facts as they stand in a sentence, written as the reader writes them, under the same names; what a service said, in his language. */
export const told = (facts: Facts): Record<string, string | number> => ({
  ...written(facts),
  ...(typeof facts.words === 'string' && { words: sayingOf({ code: String(facts.code ?? ''), words: facts.words, facts }) }),
});

/** What a service says, in the reader's language; as it says it where nobody has words for that. */
export const sayingOf = (saying: Saying): string =>
  sentenceOf(saying, {
    sentence: (code, { line }) => (line === undefined ? undefined : catalogue('codes')[`${code}_line`]) ?? catalogue('codes')[code],
    amazonSays: (words) => i18next.t('told:amazonSays', { words }),
    write: (facts) => written({ ...facts, ...named(facts) }),
  });

/** What went wrong last, in the reader's language. */
export const lastErrorOf = ({ lastError, failure }: LastError): string | undefined =>
  lastError === undefined ? undefined : sayingOf({ ...failure, words: lastError });

/** Why a message could not be handled. */
export const letterReason = (reason: string): string => {
  const [code = reason] = reason.split(':');
  return catalogue('letters')[code] ?? reason;
};

const written = (facts: Facts): Record<string, string | number> =>
  shown(facts, { money, moment, list: listed, field: (name) => i18next.t(`stuck:field.${name}` as never) });

/** What stands in a sentence by its name in our vocabulary. */
const named = (facts: Facts): Facts =>
  Object.fromEntries(Object.entries(facts).flatMap(([name, value]) => (typeof value === 'string' ? [[name, nameIn(name, value)]] : [])));

const nameIn = (part: string, value: string): string => {
  const names = part === 'atAmazon' || part === 'component' || part === 'pickup' || part === 'other' ? catalogue(part) : {};
  return names[value] ?? value;
};

type Part = 'codes' | 'letters' | 'atAmazon' | 'component' | 'pickup' | 'other';

const catalogue = (part: Part): Readonly<Record<string, string>> => i18next.getResource(i18next.language, 'told', part) ?? {};
