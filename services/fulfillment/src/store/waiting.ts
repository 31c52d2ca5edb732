import type { Cause, Database, Item } from '@orderbus/outbox';
import type { ReservationCommand } from '../domain/reservation.ts';

interface Waiting {
  readonly id: string;
  readonly tenant: string;
}

/** How many orders one transaction looks at again. The others follow with the next turn of the job. */
const atMost = 500;

/** Orders that wait for one of these products, oldest purchase first. */
export const waitingFor = (database: Database, skus: readonly string[]): Promise<Waiting[]> =>
  database.query(
    `select r.id, r.tenant from reservation r
     where r.status = 'short' and r.id in (select order_id from reservation_line where short and sku = any($1::text[]))
     order by r.purchased_at, r.id limit ${atMost}`,
    [skus],
  );

/**
 * Orders with a line that waits although its units are there by now, oldest purchase first. Begins with the products that are waited for:
 * they are few however many orders wait, so that asking every second costs little.
 */
export const waitingInVain = (database: Database): Promise<Waiting[]> =>
  database.query(
    `with wanted as materialized (select distinct sku from reservation_line where short),
     there as materialized (
       select sku, manage_stock, sum(on_hand - reserved) filter (where place.enabled) as available
       from wanted join stock using (sku) join product using (sku) join location place on place.code = stock.location
       where product.enabled group by sku, manage_stock
       having not manage_stock or sum(on_hand - reserved) filter (where place.enabled) > 0)
     select r.id, r.tenant from reservation r
     where r.status = 'short' and r.id in (
       select l.order_id from there join reservation_line l using (sku)
       where l.short and (not manage_stock or available >= l.ordered - l.shipped - case when l.from_stock then l.reserved else 0 end))
     order by r.purchased_at, r.id limit ${atMost}`,
  );

/** The order is looked at again, in the name of its own seller account. */
export const retryOf = ({ id, tenant }: Waiting, cause: Omit<Cause, 'tenant'>): Item<ReservationCommand> => ({
  key: id,
  command: { type: 'retry' },
  cause: { ...cause, tenant },
});
