import type { Database } from '@orderbus/outbox';
import { split } from '../domain/allocate.ts';
import { mainLocation } from '../domain/shelf.ts';

/** Units to fetch from one place, and whom they are for. */
export interface PickListRow {
  readonly location: string;
  readonly locationName: string;
  readonly sku: string;
  readonly title: string;
  readonly units: number;
  readonly orders: readonly { readonly orderId: string; readonly number: string; readonly units: number }[];
}

interface HeldLine {
  readonly orderId: string;
  readonly number: string;
  readonly sku: string;
  readonly title: string;
  readonly reserved: number;
  readonly fromStock: boolean;
  readonly allocations: readonly { readonly location: string; readonly reserved: number }[];
  /** Units in parcels that are packed and still in the house: fetched already. */
  readonly packed: number;
}

/** What has to be fetched for these orders, by location (the first to take from first) and sku. Nothing for orders that hold nothing. */
export const pickList = async (database: Database, orderIds: readonly string[]): Promise<PickListRow[]> => {
  const [places, lines] = await Promise.all([
    database.query<{ code: string; name: string }>('select code, name from location order by priority, code'),
    heldLines(database, orderIds),
  ]);
  const rows = new Map<string, PickListRow>();
  for (const line of lines) {
    for (const { location, units } of sharesToFetch(line)) {
      const key = JSON.stringify([location, line.sku]);
      const row = rows.get(key) ?? {
        location,
        locationName: nameOf(places, location),
        sku: line.sku,
        title: line.title,
        units: 0,
        orders: [],
      };
      rows.set(key, { ...row, units: row.units + units, orders: withUnits(row.orders, line, units) });
    }
  }
  const rank = new Map(places.map(({ code }, n) => [code, n]));
  return [...rows.values()].sort(
    (a, b) => (rank.get(a.location) ?? 0) - (rank.get(b.location) ?? 0) || (a.sku < b.sku ? -1 : Number(a.sku > b.sku)),
  );
};

/** What the line holds and is not packed yet. Units that are only promised lie where all units lie of those who know of no locations. */
const sharesToFetch = ({ reserved, fromStock, allocations, packed }: HeldLine) => {
  const held = fromStock
    ? allocations.map((share) => ({ location: share.location, units: share.reserved }))
    : [{ location: mainLocation, units: reserved }];
  return split(held.toReversed(), Math.max(reserved - packed, 0)).toReversed();
};

const withUnits = (orders: PickListRow['orders'], { orderId, number }: HeldLine, units: number): PickListRow['orders'] => {
  const known = orders.find((order) => order.orderId === orderId);
  if (!known) return [...orders, { orderId, number, units }];
  return orders.map((order) => (order === known ? { ...known, units: known.units + units } : order));
};

const nameOf = (places: readonly { readonly code: string; readonly name: string }[], location: string): string =>
  places.find(({ code }) => code === location)?.name ?? location;

/** In the order of the ids that were given. */
const heldLines = (database: Database, orderIds: readonly string[]): Promise<HeldLine[]> =>
  database.query(
    `select l.order_id as "orderId", coalesce(o.number, '') as number, l.sku, coalesce(p.title, '') as title, l.reserved,
       l.from_stock as "fromStock", l.allocations,
       coalesce((select sum((line ->> 'quantity')::int) from shipment s cross join jsonb_array_elements(s.lines) as line
         where s.order_id = l.order_id and s.state = 'packed' and line ->> 'lineId' = l.line_id), 0) as packed
     from unnest($1::uuid[]) with ordinality as wanted (id, place)
     join reservation_line l on l.order_id = wanted.id
     left join shipping_order o on o.id = l.order_id left join product p using (sku)
     where l.reserved > 0 order by wanted.place, l.position`,
    [orderIds],
  );
