import i18next from 'i18next';
import { type Facts, shown } from '../words/shown.ts';
import { listed, moment, money } from './format.ts';

export type { Facts } from '../words/shown.ts';

/** Facts as they stand in a sentence, written as the reader writes them, under the same names. */
export const told = (facts: Facts): Record<string, string | number> =>
  shown(facts, { money, moment, list: listed, field: (name) => i18next.t(`stuck:field.${name}` as never) });
