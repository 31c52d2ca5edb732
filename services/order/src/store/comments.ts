import {
  OrderBlocked,
  OrderCanceled,
  OrderCancellationRefused,
  OrderCancellationRequested,
  OrderClosed,
  OrderCommented,
  OrderCreated,
  OrderHeld,
  OrderReleased,
  OrderRenumbered,
  OrderStatusChanged,
  OrderUnitsCanceled,
} from '@orderbus/contracts';
import type { Database } from '@orderbus/outbox';

/** What was said about an order: an event of its log. Nobody changes or removes one. */
export interface Said {
  readonly id: string;
  readonly version: number;
  readonly type: string;
  readonly at: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** Newest first; `before`: only what came before this version of the order. */
export const listSaid = (database: Database, orderId: string, before: number | undefined, limit: number): Promise<Said[]> =>
  database.query(
    `select id, aggregate_version as version, type, recorded_at as at, data from event_log
     where aggregate_id = $1 and type = any($2::text[]) and ($3::int is null or aggregate_version < $3)
     order by aggregate_version desc limit $4`,
    [orderId, told, before ?? null, limit],
  );

const told = [
  OrderCreated,
  OrderBlocked,
  OrderHeld,
  OrderReleased,
  OrderCancellationRequested,
  OrderCancellationRefused,
  OrderUnitsCanceled,
  OrderCanceled,
  OrderClosed,
  OrderStatusChanged,
  OrderRenumbered,
  OrderCommented,
].map(({ type }) => type);
