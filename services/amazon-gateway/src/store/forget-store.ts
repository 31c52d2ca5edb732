import type { Transaction } from '@orderbus/outbox';
import { openStates } from '../domain/lifecycle.ts';

/** Writes to Amazon of which it is not yet known that they are done, or will never be. */
export const openCommandsOf = (database: Queryable, storeId: string): Promise<{ id: string }[]> =>
  database.query('select id from amazon_command where tenant = $1 and state = any($2)', [storeId, openStates]);

interface Queryable {
  query<Row>(sql: string, parameters: unknown[]): Promise<Row[]>;
}

/**
 * What goes with a store: its credentials, what is known of its orders, how far they were read, what it may ask. Its writes stay. The
 * cursor goes first: a pass that is being committed is waited for, and none is committed after it.
 */
export const forgetStore = async (tx: Transaction, storeId: string): Promise<void> => {
  await tx.query('delete from sync_cursor where store_id = $1', [storeId]);
  await tx.query('delete from sweep where store_id = $1', [storeId]);
  await tx.query('delete from amazon_order where tenant = $1', [storeId]);
  await tx.query('delete from unreadable_order where tenant = $1', [storeId]);
  await tx.query('delete from contact_letter where tenant = $1', [storeId]);
  await tx.query('delete from contact_attachment where tenant = $1', [storeId]);
  await tx.query('delete from sync_health where tenant = $1', [storeId]);
  await tx.query('delete from rate_budget where store_id = $1', [storeId]);
  await tx.query('insert into deleted_store (id) values ($1)', [storeId]);
  await tx.query('delete from store where id = $1', [storeId]);
};
