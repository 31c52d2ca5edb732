import type { FieldIssue } from '@orderbus/kernel';
import { inOtherWords } from '../../domain/reason.ts';
import type { SafePost } from '../safe-post.ts';
import { NotCallable } from './not-callable.ts';

/** What is wrong with a `url` that a person gave; nothing when it may be called. */
export const issueOf = async ({ check }: Pick<SafePost, 'check'>, url: string): Promise<FieldIssue | undefined> => {
  try {
    await check(url);
    return undefined;
  } catch (error) {
    if (!(error instanceof NotCallable)) throw error;
    const { code, facts } = inOtherWords(error.reason);
    return { field: 'url', message: `This cannot be called: ${error.reason.words}`, code, ...(facts && { facts }) };
  }
};
