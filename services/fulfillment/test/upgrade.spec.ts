import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Database } from '@orderbus/outbox';
import { type Upgradable, upgradable } from '@orderbus/testkit';
import { schema } from '../src/app.ts';
import { migrations } from '../src/store/migrations/index.ts';
import { findReservation } from '../src/store/reservation-queries.ts';
import { findStock } from '../src/store/stock-queries.ts';
import { expectBooksToBalance } from './invariant.ts';

let service: Upgradable;
beforeAll(async () => {
  service = await upgradable(schema);
});
afterAll(() => service.drop());

test('stock that was there before there were locations is at the main one, with what orders hold of it', async () => {
  const [half, promised] = [randomUUID(), randomUUID()];
  await service.after(migrations.slice(0, 1), async (database) => {
    await database.query(`insert into product values ('LAMP', 'Lamp', true, true), ('GIFT', 'Gift', true, false)`);
    await database.query(`insert into stock values ('LAMP', 7, 2), ('GIFT', 0, 0)`);
    await database.query(
      `insert into reservation values ($1, 's', 1, 'reserved', 2, now(), '[]'), ($2, 's', 1, 'reserved', 1, now(), '[]')`,
      [half, promised],
    );
    // Three of five were shipped before the order became known, and one more since.
    await database.query(
      `insert into reservation_line values ($1, 'a', 0, 'LAMP', 6, 4, 2, true, false), ($2, 'a', 0, 'GIFT', 3, 0, 3, false, false)`,
      [half, promised],
    );
    await database.query(
      `insert into stock_movement (sku, delta_on_hand, delta_reserved, reason, order_id, line_id)
       values ('LAMP', 8, 0, 'counted', null, null), ('LAMP', 0, 3, 'reserved', $1, 'a'), ('LAMP', -1, -1, 'shipped', $1, 'a')`,
      [half],
    );
  });

  const atMain = async (database: Database) => {
    expect(await findStock(database, 'LAMP')).toMatchObject({
      ...{ onHand: 7, reserved: 2, available: 5 },
      locations: [{ location: 'main', onHand: 7, reserved: 2 }],
    });
    expect((await findReservation(database, half))?.lines).toMatchObject([
      { shipped: 4, told: 4, reserved: 2, allocations: [{ location: 'main', reserved: 2, shipped: 1, returned: 0 }] },
    ]);
    expect((await findReservation(database, promised))?.lines).toMatchObject([{ reserved: 3, told: 0, allocations: [] }]);
    await expectBooksToBalance(database);
  };

  await service.after(migrations.slice(0, 2), async (database) => {
    await atMain(database);
    // Something in another place: going back takes it together.
    await database.query(`insert into location values ('attic', 'Attic', 1, true)`);
    await database.query(`insert into stock values ('LAMP', 2, 0, 'attic')`);
    await database.query(`insert into stock_movement (sku, location, delta_on_hand, delta_reserved, reason) values
      ('LAMP', 'attic', 1, 0, 'returned'), ('LAMP', 'attic', 1, 0, 'transferred'), ('LAMP', 'main', -1, 0, 'transferred')`);
    await database.query(`update stock set on_hand = 6 where location = 'main' and sku = 'LAMP'`);
    await database.source.undoLastMigration();
    const [lamp] = await database.query(`select s.on_hand, s.reserved, sum(delta_on_hand)::int as moved from stock s
      join stock_movement using (sku) where sku = 'LAMP' group by 1, 2`);
    expect(lamp).toEqual({ on_hand: 8, reserved: 2, moved: 8 });
    await database.query(`update stock set on_hand = 7 where sku = 'LAMP'`);
    await database.query(`delete from stock_movement where reason = 'adjusted'`);
  });
  await service.after(migrations, async (database) => {
    await atMain(database);
    const begun = await database.query('select id, state, to_ship, lines from shipping_order order by to_ship');
    expect(begun).toMatchObject([
      { id: half, state: 'open', to_ship: 2, lines: [{ lineId: 'a', title: 'Lamp', quantity: 6, quantityShipped: 4, elsewhere: 4 }] },
      { id: promised, state: 'open', to_ship: 3 },
    ]);
  });
});
