import type { Facts } from './shown.ts';

/** What a service says: in words, and by a code with facts for whoever says it in another language. */
export interface Saying {
  readonly code?: string | undefined;
  readonly words: string;
  readonly facts?: Facts | undefined;
}

/** How the reader's language says it. */
export interface Sentences {
  /** With `{{names}}` of facts. Nothing: nobody has words for it. */
  sentence(code: string, facts: Facts): string | undefined;
  amazonSays(words: string): string;
  write(facts: Facts): Readonly<Record<string, string | number>>;
}

/** The sentence of the code, what Amazon said to it, and what was heard last. What is told without its facts is said as it was. */
export const sentenceOf = ({ code = '', words, facts = {} }: Saying, sentences: Sentences): string => {
  const sentence = filled(sentences.sentence(code, facts), sentences.write(facts));
  if (sentence === undefined) return words;
  const { last, lastCode, amazonSays, ...rest } = facts;
  if (typeof last === 'string') {
    const before = { ...rest, ...(amazonSays !== undefined && { amazonSays }) };
    return `${sentence} ${sentenceOf({ code: String(lastCode ?? ''), words: last, facts: before }, sentences)}`;
  }
  return typeof amazonSays === 'string' ? `${sentence} ${sentences.amazonSays(amazonSays)}` : sentence;
};

const filled = (sentence: string | undefined, values: Readonly<Record<string, string | number>>): string | undefined => {
  const names = [...(sentence ?? '').matchAll(/{{(\w+)}}/g)].map(([, name = '']) => name);
  if (names.some((name) => values[name] === undefined)) return undefined;
  return sentence?.replaceAll(/{{(\w+)}}/g, (_, name: string) => String(values[name]));
};
