import { AmazonRefusal, type ToldRefusal } from '@orderbus/contracts';

/** Of what is said in words, the code and the facts. */
export const InOtherWords = AmazonRefusal.pick({ code: true, facts: true }).describe('The same, for whoever says it in another language');

/** What went wrong last, as it is kept. */
interface LastError {
  readonly lastError: string | null;
  readonly lastErrorCode: string | null;
  readonly lastErrorFacts: ToldRefusal['facts'] | null;
}

export const lastErrorView = ({ lastError, lastErrorCode: code, lastErrorFacts: facts }: LastError) => ({
  ...(lastError !== null && { lastError }),
  ...inOtherWords(code, facts),
});

export const inOtherWords = (code: string | null, facts: ToldRefusal['facts'] | null) =>
  code === null ? {} : { failure: { code, ...(facts !== null && { facts }) } };
