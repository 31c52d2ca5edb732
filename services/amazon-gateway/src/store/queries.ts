import type { AmazonStatus, ToldRefusal } from '@orderbus/contracts';
import type { Database } from '@orderbus/outbox';

/** Reads for people: the HTTP API and the metrics. None of them returns anything sealed. */

export interface CursorView {
  readonly storeId: string;
  readonly watermark: string;
  readonly running: boolean;
  readonly passUnderWay: boolean;
  readonly lastSuccessAt: string | null;
  readonly pausedUntil: string | null;
  readonly consecutiveFailures: number;
  readonly lastError: string | null;
  readonly lastErrorCode: string | null;
  readonly lastErrorFacts: ToldRefusal['facts'] | null;
  /** What Amazon refuses to show of any order, and since when. */
  readonly refusedDatasets: readonly string[];
  readonly degradedSince: string | null;
}

export const cursorsOf = (database: Database, storeIds: readonly string[], now: Date): Promise<CursorView[]> =>
  database.query(
    `select store_id as "storeId", watermark, coalesce(lease_until > clock_timestamp(), false) as running,
       page_token is not null as "passUnderWay", last_success_at as "lastSuccessAt",
       case when paused_until > $2 then paused_until end as "pausedUntil",
       consecutive_failures as "consecutiveFailures", last_error as "lastError", last_error_code as "lastErrorCode",
       last_error_facts as "lastErrorFacts",
       refused_datasets as "refusedDatasets", degraded_since as "degradedSince"
     from sync_cursor where store_id = any($1)`,
    [storeIds, now.toISOString()],
  );

/** Of the stores that are not paused. One that was never in step counts from when it was connected. */
export const syncLags = (database: Database): Promise<{ storeId: string; seconds: number }[]> =>
  database.query(
    `select store_id as "storeId", extract(epoch from clock_timestamp() - coalesce(last_success_at, sync_cursor.created_at))::float8 as seconds
     from sync_cursor join store on store.id = store_id where store.status = 'active'`,
  );

/** What the last search for gaps that came to its end has found missing; nothing of a store that has not been searched. */
export const missedOrders = (database: Database): Promise<{ storeId: string; missing: number }[]> =>
  database.query(
    `select store.id as "storeId", last.missing from store cross join lateral (
       select missing from sweep where store_id = store.id and kind = 'gap' and state = 'done' order by finished_at desc limit 1) last
     where store.status = 'active'`,
  );

export interface OrderView {
  readonly orderId: string;
  readonly storeId: string;
  readonly amazonOrderId: string;
  readonly marketplaceId: string;
  readonly fulfilledBy: 'merchant' | 'amazon';
  readonly status: AmazonStatus;
  readonly updatedAt: string;
  readonly importedAt: string;
  readonly changedAt: string;
  readonly version: number;
}

export interface OrderFilter {
  /** Absent: of all. */
  readonly storeIds?: readonly string[] | undefined;
  readonly amazonOrderId?: string | undefined;
  readonly status?: AmazonStatus | undefined;
  readonly before?: Position | undefined;
  readonly limit: number;
}

/** A place in a list that is sorted by time and id, newest first. */
interface Position {
  readonly at: string;
  readonly id: string;
}

export const listOrders = (database: Database, { storeIds, amazonOrderId, status, before, limit }: OrderFilter): Promise<OrderView[]> => {
  const { where, parameters } = conditions([
    ['tenant = any(?)', storeIds],
    ['amazon_order_id = ?', amazonOrderId],
    ['status = ?', status],
    ['(amazon_updated_at, id) < (?, ?)', before?.at, before?.id],
  ]);
  return database.query(
    `select id as "orderId", tenant as "storeId", amazon_order_id as "amazonOrderId", marketplace_id as "marketplaceId",
       fulfilled_by as "fulfilledBy", status, amazon_updated_at as "updatedAt", imported_at as "importedAt", changed_at as "changedAt", version
     from amazon_order ${where} order by amazon_updated_at desc, id desc limit ${limit}`,
    parameters,
  );
};

export interface UnreadableView {
  readonly rawId: string;
  readonly storeId: string;
  readonly amazonOrderId: string | null;
  readonly problems: readonly string[];
  readonly firstSeenAt: string;
  readonly changedAt: string;
}

export const listUnreadable = (
  database: Database,
  { storeIds, before, limit }: Pick<OrderFilter, 'storeIds' | 'before' | 'limit'>,
): Promise<UnreadableView[]> => {
  const { where, parameters } = conditions([
    ['resolved_at is null'],
    ['tenant = any(?)', storeIds],
    ['(changed_at, id) < (?, ?)', before?.at, before?.id],
  ]);
  return database.query(
    `select id as "rawId", tenant as "storeId", amazon_order_id as "amazonOrderId", problems, first_seen_at as "firstSeenAt",
       changed_at as "changedAt" from unreadable_order ${where} order by changed_at desc, id desc limit ${limit}`,
    parameters,
  );
};

type Condition = readonly [sql: string, ...values: readonly unknown[]];

/** `?` becomes the number of its parameter. A condition of which a value is missing does not apply. */
const conditions = (all: readonly Condition[]): { where: string; parameters: unknown[] } => {
  const parameters: unknown[] = [];
  const parts = all
    .filter(([, ...values]) => values.every((value) => value !== undefined))
    .map(([sql, ...values]) => {
      let at = 0;
      return sql.replaceAll('?', () => `$${parameters.push(values[at++])}`);
    });
  return { where: parts.length > 0 ? `where ${parts.join(' and ')}` : '', parameters };
};
