import type { AmazonRefusal } from '@orderbus/contracts';
import { AppError } from '@orderbus/kernel';
import { inWords } from '../amazon/amazon-error.ts';

/** An error as it is kept and told: a code to sort by, words to read, and what they tell. */
export const refusalOf = (error: unknown): AmazonRefusal => {
  const { code, details } = error instanceof AppError ? error : { code: 'unexpected', details: {} as AppError['details'] };
  const { amazonSays, requestId } = details;
  return {
    ...{ code, words: inWords(error) },
    ...(typeof amazonSays === 'string' && { facts: { amazonSays } }),
    ...(typeof requestId === 'string' && { requestId }),
  };
};
