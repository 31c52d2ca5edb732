import i18next from 'i18next';
import type { Problem } from '../api/problem.ts';

/** What a problem means, in the reader's words; where nobody has any for it, in those of the service, or by its kind. */
export const meaningOf = (problem: Problem): string => wordsFor(problem) ?? problem.document.detail ?? kindOf(problem);

/** What it means, with the sentence of a service beside it where nothing here says what that says. */
export const toldOf = (problem: Problem): { readonly meaning: string; readonly detail?: string | undefined } => {
  const words = wordsFor(problem);
  return words === undefined ? { meaning: kindOf(problem), detail: problem.document.detail } : { meaning: words };
};

/** By what stands in its way, where it says so, else by its code. */
const wordsFor = (problem: Problem): string | undefined => {
  const { facts } = problem.document;
  const codes: Words = i18next.t('problems:codes', { ...facts, returnObjects: true });
  return gateWords(problem.fact('reason')) ?? codes[problem.code];
};

/** Why an order does not let something be done, by the code of that: known where the words of its actions are. */
export const gateWords = (reason = ''): string | undefined => {
  if (!i18next.hasResourceBundle(i18next.language, 'actions')) return undefined;
  const words: Readonly<Record<string, unknown>> = i18next.t('actions:why', { returnObjects: true });
  const one = words[reason];
  return typeof one === 'string' ? one : undefined;
};

type Words = Readonly<Record<string, string>>;

const kindOf = (problem: Problem): string => {
  if (problem.code === 'console.unreachable') return i18next.t('problems:unreachable');
  if (problem.status === 502 || problem.status === 503)
    return i18next.t('problems:away', { service: problem.fact('service') ?? 'Orderbus' });
  const kind = kinds[problem.status];
  if (kind !== undefined) return i18next.t(`problems:${kind}`);
  return i18next.t(problem.status >= 500 || problem.status === 0 ? 'problems:unexpected' : 'problems:title');
};

const kinds: Readonly<Record<number, 'forbidden' | 'notFound' | 'conflict' | 'tooMany'>> = {
  403: 'forbidden',
  404: 'notFound',
  409: 'conflict',
  412: 'conflict',
  429: 'tooMany',
};
