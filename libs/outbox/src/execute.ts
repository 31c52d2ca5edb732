import { AppError, type Clock } from '@orderbus/kernel';
import { append } from './append.ts';
import type { Database } from './database/open.ts';
import type { Item, Outcome, Target, Transaction } from './subscription.ts';
import { spanNames } from './tracing/names.ts';
import { traceparentHere } from './tracing/traceparent.ts';
import { type Tracing, traced } from './tracing/tracing.ts';

/** Told after each commit. `recordedEvents`: there is something to publish, unless it is false. */
export type Committed = (recordedEvents?: boolean) => void;

export interface Execution {
  readonly database: Database;
  readonly clock: Clock;
  readonly committed: Committed;
  /** Default: off. */
  readonly tracing?: Tracing;
}

/**
 * Commands that do not come from a message: an HTTP request, a cron. Same transaction, same log, same outbox.
 * `alongside` does other work in the same transaction, before the commands: it can stop everything by throwing.
 */
export const execute = async <Command>(
  { database, clock, committed, tracing }: Execution,
  target: Target<Command>,
  items: readonly Item<Command>[],
  alongside?: (tx: Transaction) => Promise<void>,
): Promise<readonly Outcome[]> => {
  const work = async (tx: Transaction): Promise<readonly Outcome[]> => {
    await alongside?.(tx);
    const results = await target.run(tx, items);
    await append(
      tx,
      results.flatMap((result, n) => eventsOf(result, items[n] as Item<Command>)),
      clock,
    );
    return results;
  };
  const here = traceparentHere();
  const links = items.map(({ cause }) => cause.traceparent).filter((traceparent) => traceparent !== here);
  const outcomes = await traced(tracing, spanNames.execute(target.name), { links }, () => database.transaction(work));
  committed(outcomes.some((outcome) => 'events' in outcome && outcome.events.length > 0));
  return outcomes;
};

const eventsOf = (outcome: Outcome, { cause }: Item<unknown>) =>
  'events' in outcome ? outcome.events.map((event) => ({ event, cause })) : [];

/** For callers that wait for an answer: a refusal becomes the error they are shown. */
export const orThrow = (outcome: Outcome, code: string, details: Record<string, unknown>): Extract<Outcome, { events: unknown }> => {
  if ('events' in outcome) return outcome;
  throw new AppError('conflict', code, { ...details, refused: outcome.refused, ...(outcome.detail ? { why: outcome.detail } : {}) });
};
