import { AppError, newId } from '@orderbus/kernel';
import { execute, type Item, type Transaction } from '@orderbus/outbox';
import { actorOf, checkIfMatch, context, etagOf, type RouteInput, response, type ServiceKit } from '@orderbus/service-kit';
import type { Command, Wish } from '../domain/shipping/command.ts';
import type { By } from '../domain/shipping/order.ts';
import { tenantOf } from '../store/return-queries.ts';
import { findShipment } from '../store/shipment-queries.ts';
import { type ShippingOutcome, shipping } from '../store/shipping.ts';
import type { ShipmentRow } from '../store/shipping-entities.ts';
import { type FoundOrder, shippingOf } from '../store/shipping-loading.ts';
import { shipmentView } from './shipment-views.ts';

type Distributive<T> = T extends unknown ? Omit<T, keyof By> : never;

/** What somebody wants to be done, before it is known who and when. */
export type Asked = Distributive<Wish>;

type Kit = Pick<ServiceKit, 'database' | 'execution' | 'clock'>;
export type Sender = Pick<RouteInput<unknown, unknown, unknown>, 'headers' | 'caller'>;

/** The wish of whoever sends this request, about this order. */
export const wishItem = (
  { id, tenant }: { readonly id: string; readonly tenant: string },
  wish: Asked,
  input: Sender,
  { clock }: Pick<Kit, 'clock'>,
): Item<Command> => {
  const { correlationId = newId(), traceparent } = context();
  return {
    key: id,
    command: { ...wish, actor: actorOf(input), at: clock.now().toISOString() } as Wish,
    cause: { tenant, correlationId, ...(traceparent === undefined ? {} : { traceparent }) },
  };
};

/** Does it, or says by field why not. Done before is fine. */
export const ship = async (
  kit: Kit,
  order: { readonly id: string; readonly tenant: string },
  wish: Asked,
  input: Sender,
  alongside?: (tx: Transaction) => Promise<void>,
): Promise<void> => {
  const [outcome] = (await execute(kit.execution, shipping, [wishItem(order, wish, input, kit)], alongside)) as readonly ShippingOutcome[];
  const objection = outcome && 'objection' in outcome ? outcome.objection : undefined;
  if (objection) throw new AppError(objection.kind, objection.code, { errors: objection.errors });
};

/** Does something to a parcel, if it is still the one that `If-Match` names, and answers with it as it is afterwards. */
export const changeShipment = async (kit: Kit, id: string, wish: Extract<Asked, { shipmentId: string }>, input: Sender) => {
  const { orderId, tenant } = await shipmentOf(kit, id);
  await ship(kit, { id: orderId, tenant }, wish, input, async (tx) => {
    // The order guards its parcels: locked before one of them is looked at.
    await tx.query('select 1 from shipping_order where id = $1 for update', [orderId]);
    const [row] = await tx.query<{ version: number }[]>('select version from shipment where id = $1', [id]);
    checkIfMatch(input.headers, row?.version ?? 0);
  });
  return answer(await shipmentOf(kit, id));
};

export const answer = (row: ShipmentRow) => response(200, shipmentView(row), { etag: etagOf(row.version) });

export const shipmentOf = async ({ database }: Pick<Kit, 'database'>, id: string): Promise<ShipmentRow> => {
  const row = await findShipment(database, id);
  if (!row) throw new AppError('not-found', 'shipment.unknown', { id });
  return row;
};

/** Which store an order belongs to, for whoever is limited to some. */
export const storeOfOrder =
  ({ database }: Pick<Kit, 'database'>) =>
  ({ params }: { readonly params: { readonly orderId: string } }) =>
    tenantOf(database, params.orderId);

export const orderOf = async ({ database }: Pick<Kit, 'database'>, orderId: string): Promise<FoundOrder> => {
  const [order] = await shippingOf(database, [orderId]);
  if (!order) throw new AppError('not-found', 'order.unknown', { orderId });
  return order;
};
