import { expect } from '@jest/globals';
import type { Database } from '@orderbus/outbox';

/** Reserved = what open reservation lines hold = the sum of the movements; on hand = the sum of the movements. For every product. */
export const expectBooksToBalance = async (database: Database): Promise<void> => {
  const wrong = await database.query(
    `select s.sku, s.on_hand, s.reserved, coalesce(l.held, 0) as held, coalesce(m.on_hand, 0) as moved_on_hand, coalesce(m.reserved, 0) as moved_reserved
     from stock s
     left join (select sku, sum(reserved)::int as held from reservation_line where from_stock group by sku) l using (sku)
     left join (select sku, sum(delta_on_hand)::int as on_hand, sum(delta_reserved)::int as reserved from stock_movement group by sku) m using (sku)
     where s.reserved <> coalesce(l.held, 0) or s.reserved <> coalesce(m.reserved, 0) or s.on_hand <> coalesce(m.on_hand, 0)`,
  );
  expect(wrong).toEqual([]);
};
