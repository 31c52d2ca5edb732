import assert from 'node:assert/strict';
import type { Database } from '@orderbus/outbox';
import { eventually } from './eventually.ts';

/**
 * Tables as they are after a while in use: with statistics, and with pages that are known to be visible to all. What has been committed without
 * waiting for the disk is not, so this waits for it once; and what a transaction of somebody else may still look at is not, until that has ended.
 */
export const vacuumed = async (database: Database, ...tables: readonly string[]): Promise<void> => {
  await database.query(`select set_config('synchronous_commit', 'on', true), pg_logical_emit_message(true, 'vacuumed', '')`);
  await eventually(async () => {
    await database.query(`vacuum analyze ${tables.join(', ')}`);
    const hidden = await database.query(
      'select relname from pg_class where oid = any($1::regclass[]::oid[]) and relallvisible < relpages',
      [tables],
    );
    assert.deepEqual(hidden, []);
  });
};
