import type { Database } from '@orderbus/outbox';

/**
 * Tables as they are after a while in use: with statistics, and with pages that are known to be visible to all. What has been committed without
 * waiting for the disk is not, so this waits for it once.
 */
export const vacuumed = async (database: Database, ...tables: readonly string[]): Promise<void> => {
  await database.query(`select set_config('synchronous_commit', 'on', true), pg_logical_emit_message(true, 'vacuumed', '')`);
  await database.query(`vacuum analyze ${tables.join(', ')}`);
};
