import { AppError, newId } from '@orderbus/kernel';
import {
  append,
  type Cause,
  type CausedEvent,
  type Execution,
  type Item,
  type Outcome,
  type Target,
  type Transaction,
} from '@orderbus/outbox';
import type { KeyRing } from '@orderbus/service-kit';
import type { Reading } from '../amazon/read-order.ts';
import { notImported, type Observe } from '../domain/observe.ts';
import type { HealthCommand } from '../domain/sync-health.ts';
import type { UnreadableCommand } from '../domain/unreadable.ts';
import { importing } from './importing.ts';
import { rawIdOf } from './unreadable-order.ts';

/** One order of an answer: as it came, and what was made of it. */
export interface ReadOrder {
  readonly raw: unknown;
  readonly reading: Reading;
}

export interface PageTargets {
  readonly orders: Target<Observe>;
  readonly unreadable: Target<UnreadableCommand>;
  readonly health: Target<HealthCommand>;
  readonly sealer: Pick<KeyRing, 'fingerprint'>;
}

/** What became of an order that Amazon showed. */
export interface SeenOrder {
  readonly reading: Reading;
  /** waiting: it cannot be understood without what Amazon refuses for the time being. */
  readonly result: 'new' | 'changed' | 'same' | 'unreadable' | 'foreign' | 'too-old' | 'waiting';
}

export interface CommitOptions {
  readonly storeId: string;
  readonly orders: readonly ReadOrder[];
  /** Orders that were created before are not imported. Default: all are. */
  readonly notBefore?: string;
  /** First in the transaction: locks the place from which the orders come, or throws. */
  readonly before?: (tx: Transaction) => Promise<void>;
  /** Last in the transaction; its events follow those of the orders. */
  readonly after?: (tx: Transaction, seen: readonly SeenOrder[]) => Promise<readonly CausedEvent[]>;
}

/**
 * Orders and everything that follows from them, in one transaction: those that are new or different, their events, those that nobody can
 * read, and the place where reading goes on. A crash leaves all of it or nothing.
 */
export const commitOrders = async (execution: Execution, targets: PageTargets, options: CommitOptions): Promise<readonly SeenOrder[]> => {
  try {
    return await commitOnce(execution, targets, options);
  } catch (error) {
    // A sweep and a pass have seen the same new order at the same time: the second time it is known.
    if (error instanceof AppError && error.code === 'row.created-elsewhere') return commitOnce(execution, targets, options);
    throw error;
  }
};

const commitOnce = async (
  { database, clock, committed, tracing }: Execution,
  targets: PageTargets,
  { storeId, orders, notBefore, before, after }: CommitOptions,
): Promise<readonly SeenOrder[]> => {
  // What Amazon shows of one order is where everything about it begins.
  const firstCause = (): Cause => ({ tenant: storeId, correlationId: newId() });
  const observed = orders.map(({ reading }) => observation(reading, firstCause(), notBefore));
  const observations = observed.filter((item) => item !== undefined);
  const unreadable = orders.flatMap((order) => unreadableItem(order, firstCause(), targets.sealer));
  const traces = importing(tracing, storeId);
  const seen = await traces.committed(
    database.transaction(async (tx) => {
      await before?.(tx);
      const outcomes = await targets.orders.run(tx, observations);
      const others = await targets.unreadable.run(tx, unreadable);
      const byItem = new Map(observations.map((item, n) => [item, outcomes[n]]));
      const results = orders.map(
        ({ reading }, n): SeenOrder => ({ reading, result: resultOf(reading, observed[n] && byItem.get(observed[n])) }),
      );
      const further = (await after?.(tx, results)) ?? [];
      const events = [...causedEvents(observations, outcomes), ...causedEvents(unreadable, others)];
      await append(tx, [...traces.begin(events), ...further], clock);
      return results;
    }),
  );
  committed();
  return seen;
};

const observation = (reading: Reading, cause: Cause, notBefore: string | undefined): Item<Observe> | undefined => {
  if (reading.kind !== 'order') return undefined;
  const { translation, without } = reading;
  const command: Observe = { type: 'observe', ...translation, without, ...(notBefore !== undefined && { notBefore }) };
  return { key: translation.snapshot.orderId, command, cause };
};

const resultOf = (reading: Reading, outcome: Outcome | undefined): SeenOrder['result'] => {
  if (reading.kind !== 'order') return reading.kind;
  if (!outcome || 'refused' in outcome) {
    if (outcome?.detail === notImported.tooOld) return 'too-old';
    return outcome?.detail === notImported.waits ? 'waiting' : 'same';
  }
  return outcome.events[0]?.aggregateVersion === 1 ? 'new' : 'changed';
};

/** An order that can be read closes what was kept of it while it could not. */
const unreadableItem = ({ raw, reading }: ReadOrder, cause: Cause, { fingerprint }: PageTargets['sealer']): Item<UnreadableCommand>[] => {
  if (reading.kind === 'foreign') return [];
  if (reading.kind === 'order') {
    return [{ key: rawIdOf(cause.tenant, reading.translation.snapshot.amazonOrderId, ''), command: { type: 'resolve' }, cause }];
  }
  const { amazonOrderId, problems } = reading;
  const contentHash = fingerprint(JSON.stringify(raw));
  return [
    { key: rawIdOf(cause.tenant, amazonOrderId, contentHash), command: { type: 'keep', raw, contentHash, problems, amazonOrderId }, cause },
  ];
};

/** The events of what was run, each with the cause of its command. */
export const causedEvents = (items: readonly Item<unknown>[], outcomes: readonly Outcome[]): CausedEvent[] =>
  outcomes.flatMap((outcome, n) => {
    const { cause } = items[n] as Item<unknown>;
    return 'events' in outcome ? outcome.events.map((event) => ({ event, cause })) : [];
  });
