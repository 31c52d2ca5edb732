import type { AmazonRefusal } from '@orderbus/contracts';

/** The language that most buyers of a country's marketplace read: taken when Amazon does not tell the buyer's own. */
export const languageOfCountry = (country: string | undefined): string => byCountry[country ?? ''] ?? 'en';

const byCountry: Readonly<Record<string, string>> = {
  ...{ MX: 'es', BR: 'pt', DE: 'de', FR: 'fr', IT: 'it', ES: 'es', NL: 'nl', BE: 'fr', SE: 'sv', PL: 'pl' },
  ...{ EG: 'ar', SA: 'ar', AE: 'ar', TR: 'tr', JP: 'ja' },
};

/** `de-AT` is German: what is written in it is read in all of its countries. */
export const primaryOf = (tag: string): string => tag.toLowerCase().split(/[-_]/)[0] ?? tag;

/** What the buyer reads. */
export interface BuyerLanguage {
  readonly language: string;
  /** `marketplace`: Amazon does not say which one the buyer has chosen. */
  readonly from: 'buyer' | 'marketplace';
}

/** Amazon demands the language that the buyer has chosen. Of a guess nothing is demanded. */
export const objectionToLanguage = (written: string, { language: read, from }: BuyerLanguage): AmazonRefusal | undefined =>
  from === 'marketplace' || primaryOf(written) === primaryOf(read)
    ? undefined
    : {
        code: 'contact.other-language',
        words: `The buyer reads ${read}, this is written in ${written}: Amazon demands the buyer's language.`,
        facts: { read, written },
      };
