import { newId } from '@orderbus/kernel';
import { append, type Cause, type Execution, type Item, type Outcome, type Target } from '@orderbus/outbox';
import { newTraceparent } from '@orderbus/service-kit';
import type { Reading } from '../amazon/read-order.ts';
import type { Observe } from '../domain/observe.ts';
import type { NextStep } from '../domain/pass.ts';
import type { UnreadableCommand } from '../domain/unreadable.ts';
import type { Sealer } from '../sealing.ts';
import { advance, type Lease } from './sync-cursor.ts';
import { rawIdOf } from './unreadable-order.ts';

/** One order of the page: as it came, and what was made of it. */
export interface ReadOrder {
  readonly raw: unknown;
  readonly reading: Reading;
}

export interface PageTargets {
  readonly orders: Target<Observe>;
  readonly unreadable: Target<UnreadableCommand>;
  readonly sealer: Pick<Sealer, 'fingerprint'>;
}

export interface PageResult {
  readonly new: number;
  readonly changed: number;
  readonly same: number;
  readonly unreadable: number;
  readonly foreign: number;
}

/**
 * A page and everything that follows from it, in one transaction: the orders that are new or different, their events, the orders that
 * nobody can read, and where the pass goes on. A crash leaves all of it or nothing.
 * @throws AppError `sync.lease-lost`
 */
export const commitPage = async (
  { database, clock, committed }: Execution,
  targets: PageTargets,
  lease: Lease,
  page: readonly ReadOrder[],
  next: NextStep,
): Promise<PageResult> => {
  const traceparent = newTraceparent();
  // What Amazon shows of one order is where everything about it begins.
  const firstCause = (): Cause => ({ tenant: lease.storeId, correlationId: newId(), traceparent });
  const observed = page.flatMap(({ reading }) => observation(reading, firstCause()));
  const unreadable = page.flatMap((order) => unreadableItem(order, firstCause(), targets.sealer));
  const outcomes = await database.transaction(async (tx) => {
    await advance(tx, lease, next);
    const orders = await targets.orders.run(tx, observed);
    const others = await targets.unreadable.run(tx, unreadable);
    await append(tx, [...causedEvents(observed, orders), ...causedEvents(unreadable, others)], clock);
    return orders;
  });
  committed();

  const changes = outcomes.flatMap((outcome) => ('events' in outcome ? outcome.events : []));
  const imported = changes.filter(({ aggregateVersion }) => aggregateVersion === 1).length;
  return {
    new: imported,
    changed: changes.length - imported,
    same: observed.length - changes.length,
    unreadable: page.filter(({ reading }) => reading.kind === 'unreadable').length,
    foreign: page.filter(({ reading }) => reading.kind === 'foreign').length,
  };
};

const observation = (reading: Reading, cause: Cause): Item<Observe>[] =>
  reading.kind === 'order'
    ? [{ key: reading.translation.snapshot.orderId, command: { type: 'observe', ...reading.translation }, cause }]
    : [];

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

const causedEvents = (items: readonly Item<unknown>[], outcomes: readonly Outcome[]) =>
  outcomes.flatMap((outcome, n) => {
    const { cause } = items[n] as Item<unknown>;
    return 'events' in outcome ? outcome.events.map((event) => ({ event, cause })) : [];
  });
