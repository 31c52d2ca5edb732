import type { Database } from '@orderbus/outbox';
import type { Command } from '../domain/command.ts';
import { commandColumns } from './command-entity.ts';

/** An order with refunds that Amazon's books do not show yet, as far as we have looked. */
export interface UnbookedOrder {
  readonly orderId: string;
  readonly tenant: string;
  readonly amazonOrderId: string;
}

interface Claim {
  /** Orders at most. */
  readonly limit: number;
  /** How long to wait after so many looks; nothing when it is time to give up. */
  readonly patienceMs: (looks: number) => number | undefined;
}

/** Looks that the patience can say something about. */
const mostLooks = 100;

/** Takes the orders that are due, oldest first. Nobody else looks at them before the next look is due, which is settled here. */
export const claimUnbooked = (
  database: Database,
  storeIds: readonly string[],
  now: Date,
  { limit, patienceMs }: Claim,
): Promise<UnbookedOrder[]> => {
  const nextLooks = Array.from({ length: mostLooks }, (_, looks) => {
    const waitMs = patienceMs(looks + 1);
    return waitMs === undefined ? null : new Date(now.getTime() + waitMs).toISOString();
  });
  return database.query(
    `with due as (
       select distinct on (order_id) order_id, requested_at from amazon_command
       where booking_look_at <= $2 and tenant = any($1) order by order_id, requested_at),
     taken as (
       select c.id from amazon_command c where c.order_id in (select order_id from due order by requested_at limit $3)
         and c.booking_look_at <= $2
       order by c.id for update skip locked),
     claimed as (
       update amazon_command c set booking_looks = booking_looks + 1, booking_look_at = ($4::timestamptz[])[least(booking_looks + 1, $5)]
       from taken where c.id = taken.id returning c.order_id, c.tenant, c.amazon_order_id)
     select distinct order_id as "orderId", tenant, amazon_order_id as "amazonOrderId" from claimed`,
    [storeIds, now.toISOString(), limit, nextLooks, mostLooks],
  );
};

/** Amazon could not be asked: the look does not count. */
export const retryUnbooked = async (database: Database, orderId: string, at: Date): Promise<void> => {
  await database.query(
    `update amazon_command set booking_looks = greatest(0, booking_looks - 1), booking_look_at = $2
     where order_id = $1 and kind = 'refund' and booking is null and booking_looks > 0 and state in ('done', 'unknown')`,
    [orderId, at.toISOString()],
  );
};

/** Everything that was paid back for an order, or may have been. */
export const refundsOf = (database: Database, orderId: string): Promise<Command[]> =>
  database.query(`select ${commandColumns} from amazon_command c where order_id = $1 and kind = 'refund'`, [orderId]);
