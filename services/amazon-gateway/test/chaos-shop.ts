import { randomUUID } from 'node:crypto';
import { type CancelReason, OrderCancellationRequested, RefundRequested, ShipmentCorrected, ShipmentDispatched } from '@orderbus/contracts';
import { type Clock, newId, orderIdOf } from '@orderbus/kernel';
import type { ShipmentData } from '../src/domain/write-request.ts';
import type { Chance } from './chance.ts';
import type { GatewayHarness } from './gateway-harness.ts';

/** What the shop wanted of Amazon, and by what it is known there. */
export type Wish =
  | { readonly kind: 'shipment'; readonly amazonOrderId: string; readonly tracking: string; readonly commandKey: string }
  | { readonly kind: 'cancellation' | 'refund'; readonly amazonOrderId: string; readonly commandKey: string };

/** An order as the gateway knows it: what a shop can work with. */
export interface WorkOrder {
  readonly orderId: string;
  readonly amazonOrderId: string;
  readonly currency: string | null;
  readonly lines: readonly {
    readonly lineId: string;
    readonly quantity: number;
    readonly quantityShipped: number;
    readonly totalMinor?: number;
  }[];
}

export interface ChaosShop {
  readonly wishes: readonly Wish[];
  ship(order: WorkOrder): Promise<void>;
  shipInTwo(order: WorkOrder): Promise<void>;
  shipAndCorrect(order: WorkOrder): Promise<void>;
  cancel(order: WorkOrder): Promise<void>;
  cancelOneUnit(order: WorkOrder): Promise<void>;
  /** Sends it, and gives some of the money back before Amazon has heard that it was sent: that has to wait. */
  shipAndRefund(order: WorkOrder): Promise<void>;
}

/** The rest of the shop, as far as the gateway sees it: events that ask for writes, some of them twice. */
export const chaosShop = ({ service }: GatewayHarness, chance: Chance, clock: Clock): ChaosShop => {
  const wishes: Wish[] = [];
  let parcels = 0;

  /** The broker delivers at least once. */
  const say: typeof service.publish = async (definition, data, options) => {
    const said = await service.publish(definition, data, options);
    if (chance.happens(0.1)) await service.publish(definition, data, { ...options, id: said.id });
    return said;
  };
  const dispatch = async ({ orderId, amazonOrderId }: WorkOrder, lines: ShipmentData['lines']): Promise<ShipmentData> => {
    const trackingNumber = `1Z${String(++parcels).padStart(16, '0')}`;
    const parcel: ShipmentData = {
      ...{ orderId, shipmentId: randomUUID(), revision: 1, shippedAt: clock.now().toISOString(), labelFrom: 'seller', lines },
      ...{ carrier: chance.pick(['UPS', 'USPS', 'Pigeon Post']), trackingNumber },
    };
    wishes.push({ kind: 'shipment', amazonOrderId, tracking: trackingNumber, commandKey: `${parcel.shipmentId}:1` });
    await say(ShipmentDispatched, parcel, { aggregateId: orderId, aggregateVersion: 1, tenant: 'na' });
    return parcel;
  };
  const everything = ({ lines }: WorkOrder) => lines.map(({ lineId, quantity }) => ({ lineId, quantity }));
  const cancellation = async ({ orderId, amazonOrderId }: WorkOrder, reason: CancelReason, lines?: ShipmentData['lines']) => {
    const cancellationId = newId();
    wishes.push({ kind: 'cancellation', amazonOrderId, commandKey: cancellationId });
    const data = { orderId, number: '1', amazonOrderId, cancellationId, reason, ...(lines && { lines }) };
    await say(OrderCancellationRequested, data, { aggregateId: orderId, aggregateVersion: 2, tenant: 'na' });
  };

  return {
    wishes,
    ship: async (order) => void (await dispatch(order, everything(order))),
    shipInTwo: async (order) => {
      const [first, ...rest] = order.lines.flatMap(({ lineId, quantity }) => Array.from({ length: quantity }, () => lineId));
      if (first === undefined || rest.length === 0) return void (await dispatch(order, everything(order)));
      await dispatch(order, [{ lineId: first, quantity: 1 }]);
      const others = Map.groupBy(rest, (lineId) => lineId);
      await dispatch(
        order,
        [...others].map(([lineId, units]) => ({ lineId, quantity: units.length })),
      );
    },
    shipAndCorrect: async (order) => {
      const parcel = await dispatch(order, everything(order));
      const trackingNumber = `${parcel.trackingNumber}C`;
      wishes.push({ kind: 'shipment', amazonOrderId: order.amazonOrderId, tracking: trackingNumber, commandKey: `${parcel.shipmentId}:2` });
      const corrected = { ...parcel, revision: 2, trackingNumber };
      await say(ShipmentCorrected, corrected, { aggregateId: order.orderId, aggregateVersion: 2, tenant: 'na' });
    },
    cancel: (order) => cancellation(order, chance.pick(['no-inventory', 'buyer-canceled', 'pricing-error'])),
    cancelOneUnit: async (order) => {
      const line = order.lines.find(({ quantity }) => quantity > 1);
      await cancellation(order, 'no-inventory', line && [{ lineId: line.lineId, quantity: 1 }]);
    },
    shipAndRefund: async (order) => {
      await dispatch(order, everything(order));
      const line = order.lines.find(({ totalMinor = 0 }) => totalMinor >= 200);
      if (!line || !order.currency) return;
      const refundId = newId();
      wishes.push({ kind: 'refund', amazonOrderId: order.amazonOrderId, commandKey: refundId });
      const lines = [{ lineId: line.lineId, components: [{ kind: 'item' as const, amountMinor: 100 }] }];
      const data = { orderId: order.orderId, refundId, reason: 'customer-return' as const, currency: order.currency, lines };
      await say(RefundRequested, data, { aggregateId: refundId, aggregateVersion: 1, tenant: 'na' });
    },
  };
};

export const commandIdOf = ({ kind, commandKey }: Wish): string => orderIdOf('na', `${kind}:${commandKey}`);
