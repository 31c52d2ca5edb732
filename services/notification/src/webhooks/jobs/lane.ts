import type { Clock } from '@orderbus/kernel';
import { answeredAttributes, type Database, failed, SpanKind, spanNames, type Tracing, traced, webhookAttributes } from '@orderbus/outbox';
import type { KeyRing } from '@orderbus/service-kit';
import { answeredBy, attemptOf, callTarget } from '../call.ts';
import { type Answered, type Schedule, verdictOn } from '../domain/attempt.ts';
import type { Posted, SafePost } from '../safe-post.ts';
import { openIfPossible } from '../sealed-target.ts';
import { type Claimed, claimDue, giveBack, type Settled } from '../store/queue.ts';

/** One delivery with what came of it, and what is to be learnt from it about the target. */
export interface Sent extends Settled {
  readonly answered: Answered;
}

export interface LaneOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly tracing: Tracing;
  readonly ring: KeyRing;
  readonly post: SafePost['post'];
  readonly schedule: Schedule;
  /** Calls under way at once. */
  readonly concurrency: number;
  /** For one call. */
  readonly deadlineMs: number;
  /** Saves it, and answers whether the target may be called again now. */
  readonly record: (webhookId: string, sent: readonly Sent[]) => Promise<boolean>;
}

/** How much is claimed at once, in calls one after the other. */
const rounds = 5;

/**
 * Sends what is due for one webhook, some at once, until nothing is or the target has to rest: what one target takes its time for keeps no
 * other one waiting. What is answered while a transaction runs is saved in the next one together.
 */
export const runLane = async (webhookId: string, options: LaneOptions, signal: AbortSignal): Promise<void> => {
  const { database, clock, concurrency, deadlineMs } = options;
  const leaseMs = rounds * deadlineMs + 60_000;
  const queue: Claimed[] = [];
  const results: Sent[] = [];
  const callers = new Set<Promise<void>>();
  let goesOn = true;
  let failure: unknown;

  const fail = (error: unknown): void => {
    failure ??= error;
    goesOn = false;
  };

  /** Whoever finds nothing left to do ends: what is claimed later has callers of its own. */
  const claim = once(async () => {
    queue.push(...(await claimDue(database, webhookId, clock.now(), concurrency * rounds, leaseMs)));
    for (let more = Math.min(concurrency - callers.size, queue.length); more > 0; more--) {
      const caller = work()
        .catch(fail)
        .finally(() => callers.delete(caller));
      callers.add(caller);
    }
  });

  const saveSome = once(async () => {
    await options.record(webhookId, results.splice(0)).then((may) => {
      goesOn &&= may;
    }, fail);
  });
  const save = async (): Promise<void> => {
    while (results.length > 0) await saveSome();
  };

  const next = async (): Promise<Claimed | undefined> => {
    if (queue.length === 0 && goesOn && !signal.aborted) await claim();
    return goesOn && !signal.aborted ? queue.shift() : undefined;
  };

  const work = async (): Promise<void> => {
    for (let claimed = await next(); claimed; claimed = await next()) {
      const sent = await sendInTrace(webhookId, claimed, options);
      results.push(sent);
      // Whether there is another call after a failure depends on how it stands with the target then.
      if (sent.answered.taken) void save();
      else await save();
    }
    await save();
  };

  await claim();
  while (callers.size > 0) await Promise.all(callers);
  if (queue.length > 0) await giveBack(database, webhookId, queue, clock.now());
  if (failure !== undefined) throw failure;
};

/** Whoever asks while it runs waits for that run. */
const once = (run: () => Promise<void>): (() => Promise<void>) => {
  let running: Promise<void> | undefined;
  return () => {
    running ??= run().finally(() => {
      running = undefined;
    });
    return running;
  };
};

/** As a part of what has led to the event. The target is not told: it is not ours. */
const sendInTrace = (webhookId: string, claimed: Claimed, options: LaneOptions): Promise<Sent> => {
  const parent = claimed.traceparent ?? undefined;
  const attributes = webhookAttributes(webhookId, claimed.eventId);
  const words = { kind: SpanKind.CLIENT, parent, root: parent === undefined, attributes };
  return traced(options.tracing, spanNames.webhook, words, async (span) => {
    const sent = await send(webhookId, claimed, options);
    const { outcome, status } = sent.attempt;
    if (status !== undefined) span?.setAttributes(answeredAttributes(status));
    if (span && !sent.answered.taken) failed(span, outcome);
    return sent;
  });
};

const send = async (webhookId: string, claimed: Claimed, { ring, post, clock, schedule }: LaneOptions): Promise<Sent> => {
  const at = clock.now();
  const target = openIfPossible(ring, webhookId, claimed.sealed);
  const message = { id: claimed.eventId, body: claimed.body };
  const posted = target === undefined ? unopened : await callTarget(post, target, message, at);
  const answered = answeredBy(posted);
  return {
    claimed,
    answered,
    attempt: attemptOf(posted, target, at),
    verdict: verdictOn(answered, claimed.attempts, clock.now(), schedule),
  };
};

const unopened: Posted = {
  outcome: 'forbidden',
  problem: { code: 'target.not-opened', words: 'its URL cannot be opened: the key is not among ORDERBUS_KEYS' },
  durationMs: 0,
};
