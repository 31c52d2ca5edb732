import type { Readable } from 'node:stream';
import { type Buyers, type Objection, type PickList, renderDocuments, type ShownBuyer } from '@orderbus/documents';
import { AppError } from '@orderbus/kernel';
import { type Caller, maySee, type ServiceKit } from '@orderbus/service-kit';
import { slipGateOf } from '../domain/printing.ts';
import { isThere } from '../domain/shipping/parcel.ts';
import { documentSettings } from '../store/document-settings.ts';
import { pickList } from '../store/pick-list.ts';
import { type FoundOrder, shippingOf } from '../store/shipping-loading.ts';
import { slipOf } from './packing-slip.ts';

export const kinds = ['pick-list', 'packing-slips'] as const;
export type Kind = (typeof kinds)[number];

export interface Printing {
  readonly kit: Pick<ServiceKit, 'database' | 'clock'>;
  readonly buyers: Buyers;
}

/** Why an order has none of these documents. */
export const objectionsTo = async (
  { kit: { database } }: Printing,
  orderIds: readonly string[],
  wanted: readonly Kind[],
  caller: Caller,
): Promise<Map<string, Objection>> => {
  const visible = (await shippingOf(database, orderIds)).filter(({ tenant }) => maySee(caller, tenant));
  const orders = new Map(visible.map((order) => [order.id, order]));
  const fetched = new Set(wanted.includes('pick-list') ? await toFetch(database, orderIds) : []);
  return new Map(
    orderIds.flatMap((orderId) => {
      const order = orders.get(orderId);
      if (order === undefined) return [[orderId, { code: 'order.unknown', words: 'There is no such order.' }]];
      const gate = slipGateOf(order.order);
      if (gate !== undefined) return [[orderId, gate]];
      if (wanted.includes('packing-slips') || fetched.has(orderId)) return [];
      return [[orderId, { code: 'pick-list.nothing-to-fetch', words: 'Nothing of it is to be fetched.' }]];
    }),
  );
};

/** One slip: of an order, or of one of its parcels. */
export const printSlip = async (
  printing: Printing,
  order: FoundOrder,
  shipmentId: string | undefined,
  caller: Caller,
): Promise<Readable> => {
  const gate = slipGateOf(order.order);
  if (gate) throw new AppError('conflict', gate.code, { why: gate.words });
  const parcel = order.parcels.find(({ id }) => id === shipmentId);
  if (shipmentId !== undefined && (parcel === undefined || !isThere(parcel)))
    throw new AppError('not-found', 'shipment.unknown', { id: shipmentId });
  const [settingsFor, shown] = await Promise.all([
    documentSettings.book(printing.kit.database, [order.tenant]),
    printing.buyers([order.id], caller),
  ]);
  const packingSlip = slipOf(order, settingsFor(order.tenant), shown.get(order.id) ?? nobody, parcel);
  return renderDocuments([{ packingSlip }], `Packing slip ${order.order.number}`);
};

/** The pick list, then the slips, in the order of the ids. Everything is looked up before the first byte is sent. */
export const printOrders = async (
  printing: Printing,
  orderIds: readonly string[],
  wanted: readonly Kind[],
  caller: Caller,
): Promise<Readable> => {
  const { database } = printing.kit;
  const orders = (await shippingOf(database, orderIds)).toSorted((a, b) => orderIds.indexOf(a.id) - orderIds.indexOf(b.id));
  const settingsFor = await documentSettings.book(
    database,
    orders.map(({ tenant }) => tenant),
  );
  const withSlip = wanted.includes('packing-slips') ? orders.filter(({ order }) => slipGateOf(order) === undefined) : [];
  const shown = await buyersOf(printing, withSlip, caller);
  const list = wanted.includes('pick-list') ? await pickListOf(printing, orders, settingsFor(orders[0]?.tenant ?? '').locale) : undefined;
  const slips = withSlip.map((order) => ({ packingSlip: slipOf(order, settingsFor(order.tenant), shown.get(order.id) ?? nobody) }));
  return renderDocuments([...(list === undefined || list.lines.length === 0 ? [] : [{ pickList: list }]), ...slips], 'Packing slips');
};

const nobody: ShownBuyer = { recipient: { state: 'unknown' }, buyer: {} };

/** A pick list alone shows no buyer, and needs no permission to see one. */
const buyersOf = async ({ buyers }: Printing, orders: readonly FoundOrder[], caller: Caller) =>
  orders.length === 0
    ? new Map<string, ShownBuyer>()
    : buyers(
        orders.map(({ id }) => id),
        caller,
      );

const pickListOf = async ({ kit }: Printing, orders: readonly FoundOrder[], language: string | null): Promise<PickList> => {
  const rows = await pickList(
    kit.database,
    orders.map(({ id }) => id),
  );
  return {
    language,
    country: orders[0]?.order.country,
    printedAt: kit.clock.now().toISOString(),
    orders: new Set(rows.flatMap((row) => row.orders.map(({ orderId }) => orderId))).size,
    lines: rows.map(({ locationName, sku, title, units, orders: wanting }) => ({
      ...{ location: locationName, sku, title, quantity: units },
      orders: wanting.map((order) => ({ number: order.number, quantity: order.units })),
    })),
  };
};

const toFetch = async (database: ServiceKit['database'], orderIds: readonly string[]): Promise<string[]> =>
  (await pickList(database, orderIds)).flatMap(({ orders }) => orders.map(({ orderId }) => orderId));
