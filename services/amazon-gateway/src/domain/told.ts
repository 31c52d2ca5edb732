import type { AmazonRefusal } from '@orderbus/contracts';

/** What is said of a command: words to read, and what says the same in another language. */
export interface Told {
  readonly words: string;
  readonly code?: string | undefined;
  readonly facts?: AmazonRefusal['facts'];
}

/** Nothing but what it says. */
export const tellingOf = ({ words, code, facts }: Told): Pick<AmazonRefusal, 'words' | 'facts'> & { readonly code?: string } => ({
  words,
  ...(code !== undefined && { code }),
  ...(facts && { facts }),
});

/** With what was heard last behind it. */
export const followedBy = (told: Told & { readonly code: string }, last: Told | undefined): Told & { readonly code: string } => {
  if (last === undefined) return told;
  const { words, code, facts } = last;
  return {
    code: told.code,
    words: `${told.words} ${words}`,
    facts: { ...facts, ...told.facts, last: words, ...(code !== undefined && { lastCode: code }) },
  };
};
