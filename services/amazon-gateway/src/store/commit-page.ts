import { AppError, failpoint, isBroken, newId } from '@orderbus/kernel';
import type { CausedEvent, Execution, Item, Transaction } from '@orderbus/outbox';
import { codes, inWords } from '../amazon/amazon-error.ts';
import type { Degraded, NextStep } from '../domain/pass.ts';
import type { HealthCommand } from '../domain/sync-health.ts';
import { causedEvents, commitOrders, type PageTargets, type ReadOrder, type SeenOrder } from './commit-orders.ts';
import { advance, type Lease } from './sync-cursor.ts';
import { healthIdOf } from './sync-health.ts';

export interface CommitPage {
  readonly lease: Lease;
  readonly storeName: string;
  /** When the store was last in step. */
  readonly lastSuccessAt: string | null;
  readonly orders: readonly ReadOrder[];
  /** Orders that were created before are not imported. */
  readonly notBefore: string;
  readonly next: NextStep;
  readonly degraded: Degraded | undefined;
}

/**
 * A page of a pass: its orders, where the pass goes on, and whether the store is in step. A crash leaves all of it or nothing.
 * @throws AppError `sync.lease-lost`
 */
export const commitPage = async (execution: Execution, targets: PageTargets, page: CommitPage): Promise<readonly SeenOrder[]> => {
  const { lease, orders, notBefore, next, degraded } = page;
  if (isBroken('cursor_early')) await execution.database.transaction((tx) => advance(tx, lease, next, degraded));
  failpoint('before_page_commit');
  const seen = await commitOrders(execution, targets, {
    storeId: lease.storeId,
    orders,
    notBefore,
    before: (tx) => advance(tx, lease, next, degraded),
    after: (tx) => healthAfter(tx, targets, page),
  });
  failpoint('after_page_commit');
  return seen;
};

const healthAfter = async (tx: Transaction, { health }: PageTargets, page: CommitPage): Promise<CausedEvent[]> => {
  const command = healthCommandOf(page);
  if (!command) return [];
  const { storeId } = page.lease;
  const items: Item<HealthCommand>[] = [{ key: healthIdOf(storeId), command, cause: { tenant: storeId, correlationId: newId() } }];
  return causedEvents(items, await health.run(tx, items));
};

const healthCommandOf = ({ next, storeName, lastSuccessAt }: CommitPage): HealthCommand | undefined => {
  if (next.step === 'finish') return { type: 'recover', storeName };
  if (next.step !== 'stuck') return undefined;
  return {
    type: 'stall',
    storeName,
    code: codes.circle,
    words: inWords(new AppError('unavailable', codes.circle)),
    needsPerson: false,
    lastSuccessAt,
  };
};
