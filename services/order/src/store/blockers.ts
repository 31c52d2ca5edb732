import type { Database, Transaction } from '@orderbus/outbox';
import type { BlockerCause } from '../domain/blockers.ts';
import type { Order } from '../domain/order.ts';
import { wordsInNumber } from './number-words.ts';

/** An order that does not go on by itself, and what has been tried. */
export interface BlockedOrder
  extends Pick<
    Order,
    'id' | 'tenant' | 'number' | 'amazonOrderId' | 'state' | 'shipBy' | 'lines' | 'stock' | 'blockReasons' | 'fulfilledBy' | 'addressIssues'
  > {
  readonly since: string;
  readonly attempts: number;
  readonly nextTryAt: string;
}

export interface BlockerFilter {
  readonly tenants?: readonly string[] | undefined;
  readonly orderId?: string | undefined;
  readonly cause?: BlockerCause | undefined;
}

/** Where a page of the work list begins. */
export interface BlockerPosition {
  readonly since: string;
  readonly id: string;
}

/** The longest waiting first. */
export const listBlockers = (
  database: Database,
  { tenants, orderId, cause }: BlockerFilter,
  after: BlockerPosition | undefined,
  limit: number,
): Promise<BlockedOrder[]> =>
  database.query(
    `select o.id, o.tenant, o.number, o.amazon_order_id as "amazonOrderId", o.state, o.ship_by as "shipBy", o.lines,
       o.stock, o.block_reasons as "blockReasons", o.fulfilled_by as "fulfilledBy", o.address_issues as "addressIssues", b.since, b.attempts, b.next_try_at as "nextTryAt"
     from blocker b join orders o on o.id = b.order_id
     where ($1::text[] is null or b.tenant = any($1)) and ${causedBy(cause)} and ($2::timestamptz is null or (b.since, b.order_id) > ($2, $3::uuid))
       and ($4::uuid is null or b.order_id = $4)
     order by b.since, b.order_id limit ${limit}`,
    [tenants ?? null, after?.since ?? null, after?.id ?? null, orderId ?? null],
  );

export interface DueBlocker {
  readonly orderId: string;
  readonly tenant: string;
}

/** What is to be tried now, the longest overdue first. */
export const dueBlockers = (database: Database, limit: number): Promise<DueBlocker[]> =>
  database.query(
    `select order_id as "orderId", tenant from blocker where next_try_at <= clock_timestamp() order by next_try_at limit ${limit}`,
  );

/**
 * Brings the work list to what these orders are now; they are expected to be locked. Those of `tried` have been tried once more: the next
 * time is after twice as long, from a minute to a day. What comes off the list may have got its number just now: it is searched by that.
 */
export const noteBlockers = async (tx: Transaction, orderIds: readonly string[], tried: readonly string[]): Promise<void> => {
  await tx.query(
    `with touched as (
       select id, tenant, number,
         state = 'blocked' or coalesce(hold ->> 'state' = 'blocked', false) or (state = 'pending' and cleared and not view_only) as waits
       from orders where id = any($1::uuid[])),
     gone as (
       delete from blocker b using touched t where b.order_id = t.id and not t.waits returning t.id, t.number),
     numbered as (
       update order_search s set numbered = true, words = s.words || array_to_tsvector(${wordsInNumber('g.number')})
       from gone g where s.order_id = g.id and not s.numbered and g.number is not null)
     insert into blocker as b (order_id, tenant, next_try_at) select id, tenant, now() + interval '1 minute' from touched where waits
     on conflict (order_id) do update
       set ${triedOnceMore}
       where b.order_id = any($2::uuid[])`,
    [orderIds, tried],
  );
};

/** For one that could not even be tried. */
export const postponeBlocker = async (database: Database, orderId: string): Promise<void> => {
  await database.query(`update blocker b set ${triedOnceMore} where order_id = $1`, [orderId]);
};

const triedOnceMore = `attempts = b.attempts + 1,
  next_try_at = now() + least(interval '1 minute' * 2 ^ least(b.attempts + 1, 20), interval '1 day')`;

const causedBy = (cause: BlockerCause | undefined): string => {
  switch (cause) {
    case undefined:
      return 'true';
    case 'address':
      return `o.fulfilled_by = 'merchant' and o.address_issues <> '[]'`;
    case 'no-lines':
      return `o.lines = '[]'`;
    case 'no-answer':
      return `o.lines <> '[]' and o.block_reasons = '[]' and o.stock <> 'reserved'`;
    default:
      return `o.lines <> '[]' and o.block_reasons @> '[{"cause":"${cause}"}]'`;
  }
};
