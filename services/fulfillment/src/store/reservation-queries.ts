import type { Database } from '@orderbus/outbox';
import type { Reservation } from '../domain/reservation.ts';
import type { ReservationRow } from './entities.ts';

/** The reservation of an order with its lines, in the order of the order. */
export const findReservation = async (database: Database, orderId: string): Promise<(ReservationRow & Reservation) | undefined> => {
  const [row] = await database.query<ReservationRow & Reservation>(
    `select id, tenant, version, status, order_version as "orderVersion", purchased_at as "purchasedAt", missing, parcels, restocked,
       (select coalesce(json_agg(json_build_object('lineId', line_id, 'sku', sku, 'ordered', ordered, 'shipped', shipped, 'told', told,
          'reserved', reserved, 'fromStock', from_stock, 'short', short, 'allocations', allocations) order by position), '[]')
        from reservation_line where order_id = r.id) as lines
     from reservation r where id = $1`,
    [orderId],
  );
  return row;
};
