import { expect } from '@jest/globals';
import type { Database } from '@orderbus/outbox';
import { listDifferences } from '../src/store/differences.ts';

/**
 * For every product and location, stock is what its movements and the lines of orders say; and what a line holds of stock is what it
 * holds at the locations.
 */
export const expectBooksToBalance = async (database: Database): Promise<void> => {
  expect(await listDifferences(database, undefined, 100)).toEqual([]);
  const astray = await database.query(
    `select order_id, line_id, reserved, allocations from reservation_line
     where case when from_stock then reserved else 0 end <>
       (select coalesce(sum(share.reserved), 0) from jsonb_to_recordset(allocations) as share (reserved int))`,
  );
  expect(astray).toEqual([]);
};
