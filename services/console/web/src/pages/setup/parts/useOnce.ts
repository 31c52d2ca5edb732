import { useRef } from 'react';
import { problemOf } from '../../../api/problem.ts';

/** Sent along with what creates something: sent twice, it is done once. */
export type OnceKey = { readonly 'Idempotency-Key': string };

/**
 * Sends under a key that belongs to the open dialog: a second try after the line broke finds what was done. After an answer that refuses it,
 * what is sent next is another request, with a key of its own.
 */
export const useOnce = (): (<Answer>(send: (header: OnceKey) => Promise<Answer>) => Promise<Answer>) => {
  const key = useRef<string>(crypto.randomUUID());
  return async (send) => {
    try {
      return await send({ 'Idempotency-Key': key.current });
    } catch (error) {
      const { status } = problemOf(error);
      if (status >= 400 && status < 500) key.current = crypto.randomUUID();
      throw error;
    }
  };
};
