import { scrubText } from '@orderbus/service-kit';
import { inOtherWords } from '../domain/reason.ts';
import type { Answered } from './domain/attempt.ts';
import type { Posted, SafePost } from './safe-post.ts';
import { type SealedTarget, scrubbed, secretsAt } from './sealed-target.ts';
import { type Signable, signedHeaders } from './signing.ts';
import type { Attempt } from './store/queue.ts';

/** One signed call. */
export const callTarget = (post: SafePost['post'], target: SealedTarget, message: Signable, at: Date): Promise<Posted> =>
  post(target.url, { headers: signedHeaders(message, secretsAt(target, at), at), body: message.body });

/** What is to be learnt from it about the target. */
export const answeredBy = ({ outcome, answer }: Posted): Answered => ({
  taken: outcome === 'taken',
  status: answer?.status,
  retryAfter: answer?.retryAfter,
});

/** As it is kept and shown. */
export const attemptOf = ({ outcome, durationMs, problem, answer }: Posted, target: SealedTarget | undefined, at: Date): Attempt => ({
  at: at.toISOString(),
  outcome,
  durationMs,
  ...(problem && { problem: problem.words, failure: inOtherWords(problem) }),
  ...(answer === undefined ? {} : { status: answer.status, answer: scrubbed(answer.body, target, scrubText) }),
});
