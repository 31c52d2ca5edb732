import { type NewEvent, ReturnReceived } from '@orderbus/contracts';
import { AppError, documentIdOf } from '@orderbus/kernel';
import { type Item, insertNew, type Outcome, type Target, type Transaction } from '@orderbus/outbox';
import { type Return, type ReturnableOrder, receive, type WantedReturn } from '../domain/returns.ts';
import { ReturnEntity, type ReturnRow } from './return-entity.ts';

export interface ReturnCommand {
  readonly type: 'receive';
  /** The same each time the request is sent: what was received is not received again. */
  readonly returnId: string;
  readonly wanted: WantedReturn;
}

/** What came back, by order. The order's row is the lock: no more units come back than have left, whoever receives them at the same time. */
export const returns: Target<ReturnCommand> = {
  name: 'returns',
  run: async (tx, items) => {
    const ids = [...new Set(items.map(({ key }) => key))].sort();
    const orders = await lockOrders(tx, ids);
    const rows: ReturnRow[] = [];
    const outcomes = items.map((item): Outcome => {
      const order = orders.get(item.key);
      if (!order) throw new AppError('not-found', 'order.unknown', { orderId: item.key });
      if (order.known.has(item.command.returnId)) return { events: [] };
      const received = receive(order, item.command.wanted);
      orders.set(item.key, after(order, item.command.returnId, received));
      rows.push({ ...received, id: item.command.returnId, orderId: item.key, tenant: order.tenant });
      return { events: [eventOf(item, received, order.known.size + 1)] };
    });
    await insertNew(tx, ReturnEntity, rows);
    return outcomes;
  },
};

interface Kept extends ReturnableOrder {
  readonly tenant: string;
  /** The ids of its returns. */
  readonly known: ReadonlySet<string>;
}

const after = (order: Kept, returnId: string, { lines }: Return): Kept => ({
  ...order,
  known: new Set([...order.known, returnId]),
  lines: order.lines.map((line) => ({
    ...line,
    returned: lines.reduce((sum, { lineId, quantity }) => (lineId === line.lineId ? sum + quantity : sum), line.returned),
  })),
});

const eventOf = ({ key: orderId, command: { returnId } }: Item<ReturnCommand>, received: Return, aggregateVersion: number) => ({
  ...(ReturnReceived.of({
    ...{ orderId, returnId, receivedAt: received.receivedAt, reason: received.reason, refund: received.refund, actor: received.actor },
    lines: received.lines.map(({ lineId, quantity, condition, restocked }) => ({ lineId, quantity, condition, restocked })),
  }) as NewEvent),
  aggregateId: documentIdOf(orderId, 'returns'),
  aggregateVersion,
});

interface OrderRow {
  readonly id: string;
  readonly tenant: string;
  readonly fulfilledBy: ReturnableOrder['fulfilledBy'];
  readonly lines: readonly { readonly lineId: string; readonly sku: string; readonly title: string; readonly quantityShipped: number }[];
}

/** In id order, as everybody locks them. What has come back is read after the locks. */
const lockOrders = async (tx: Transaction, ids: readonly string[]): Promise<Map<string, Kept>> => {
  const orders: OrderRow[] = await tx.query(
    `select id, tenant, fulfilled_by as "fulfilledBy", lines from shipping_order where id = any($1::uuid[]) order by id for update`,
    [ids],
  );
  const inParcels = await unitsOf(tx, `select order_id, lines from shipment where state = 'shipped' and order_id = any($1::uuid[])`, ids);
  const returned = await unitsOf(tx, `select order_id, lines from return where order_id = any($1::uuid[])`, ids);
  const known: { id: string; orderId: string }[] = await tx.query(
    `select id, order_id as "orderId" from return where order_id = any($1::uuid[])`,
    [ids],
  );
  const units = (of: ReadonlyMap<string, number>, orderId: string, lineId: string) => of.get(`${orderId} ${lineId}`) ?? 0;
  return new Map(
    orders.map(({ id, tenant, fulfilledBy, lines }) => [
      id,
      {
        ...{ tenant, fulfilledBy, known: new Set(known.filter(({ orderId }) => orderId === id).map((row) => row.id)) },
        lines: lines.map(({ lineId, sku, title, quantityShipped }) => ({
          ...{
            lineId,
            sku,
            title,
            shipped: Math.max(quantityShipped, units(inParcels, id, lineId)),
            returned: units(returned, id, lineId),
          },
        })),
      },
    ]),
  );
};

/** The units in the lines of these rows, by order and line. */
const unitsOf = async (tx: Transaction, rows: string, ids: readonly string[]): Promise<Map<string, number>> => {
  const sums: { orderId: string; lineId: string; units: number }[] = await tx.query(
    `select order_id as "orderId", line ->> 'lineId' as "lineId", sum((line ->> 'quantity')::int)::int as units
     from (${rows}) r cross join jsonb_array_elements(r.lines) line group by 1, 2`,
    [ids],
  );
  return new Map(sums.map(({ orderId, lineId, units }) => [`${orderId} ${lineId}`, units]));
};
