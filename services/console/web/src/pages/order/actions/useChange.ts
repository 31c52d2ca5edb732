import { type InvalidateQueryFilters, useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { type Problem, problemOf } from '../../../api/problem.ts';
import { sayFailed } from '../../../ui/said.tsx';

/** Sent along with what creates something: sent twice, it is done once. */
export type OnceKey = { readonly 'Idempotency-Key': string };

export interface Change<Input> {
  readonly run: (input: Input) => void;
  readonly running: boolean;
  readonly problem: Problem | undefined;
}

/**
 * Something that a dialog does, once. Its key belongs to the opened dialog: a second click, or a second try after the line broke, finds
 * what was done. After an answer that refuses it, what is sent next is another request, with a key of its own.
 */
export const useChange = <Input, Answer>(
  send: (input: Input, key: OnceKey) => Promise<Answer>,
  onDone: (answer: Answer, input: Input) => void,
): Change<Input> => {
  const queries = useQueryClient();
  const key = useRef<string>(crypto.randomUUID());
  const isUnderWay = useRef(false);
  const { mutate, isPending, error } = useMutation({
    mutationFn: (input: Input) => send(input, { 'Idempotency-Key': key.current }),
    onSuccess: (answer, input) => onDone(answer, input),
    onError: (failure) => {
      const { status } = problemOf(failure);
      if (status >= 400 && status < 500) key.current = crypto.randomUUID();
    },
    onSettled: () => {
      isUnderWay.current = false;
      void queries.invalidateQueries(touched);
    },
  });
  const run = (input: Input): void => {
    if (isUnderWay.current) return;
    isUnderWay.current = true;
    mutate(input);
  };
  return { run, running: isPending, problem: error === null ? undefined : problemOf(error) };
};

/** Whatever is done to an order shows in all of these. */
const concerned: ReadonlySet<string> = new Set(['order', 'fulfillment', 'billing', 'console']);

/** What is asked for once, a buyer's address on record for example, is not asked for again. */
const touched: InvalidateQueryFilters = {
  predicate: ({ queryKey: [service], meta }) => concerned.has(String(service)) && meta?.live !== false,
};

/** Takes back what was done, for a toast: what fails is said. */
export const useTakeBack = (): ((send: () => Promise<unknown>) => () => Promise<void>) => {
  const queries = useQueryClient();
  return (send) => async () => {
    await send().catch(sayFailed);
    await queries.invalidateQueries(touched);
  };
};
