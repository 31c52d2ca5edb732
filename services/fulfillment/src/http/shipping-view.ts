import { AmazonRefusal, FulfilledBy, LineQuantity } from '@orderbus/contracts';
import { z } from 'zod';
import { isFetched, packingGateOf, warningsOf } from '../domain/shipping/gates.ts';
import type { PickupStep } from '../domain/shipping/order.ts';
import { isThere } from '../domain/shipping/parcel.ts';
import { leftOf, unitsIn } from '../domain/shipping/quantities.ts';
import type { FoundOrder } from '../store/shipping-loading.ts';
import { Gate, present, ShipmentView, shipmentView } from './shipment-views.ts';

const Words = z.object({ code: z.string(), words: z.string() });

const PickupView = z.object({
  status: z.enum(['ready', 'picked-up', 'refused']),
  lines: z.array(LineQuantity).optional().describe('Absent: the whole order'),
  at: z.iso.datetime(),
  by: z.string(),
  amazon: z.object({
    state: z.enum(['waiting', 'uncertain', 'accepted', 'refused']),
    words: z.string().optional(),
    acceptedAt: z.iso.datetime().optional(),
    refusal: AmazonRefusal.optional(),
  }),
});

export const ShippingView = z.object({
  orderId: z.uuid(),
  tenant: z.string(),
  number: z.string(),
  amazonOrderId: z.string(),
  fulfilledBy: FulfilledBy,
  state: z.enum(['open', 'done', 'canceled']),
  toShip: z.int().describe('Units that have not left the house, or in a parcel that Amazon refused'),
  shipBy: z.iso.datetime().optional(),
  deliverBy: z.iso.datetime().optional(),
  serviceLevel: z.string().optional(),
  programs: z.array(z.string()),
  ship: Gate.extend({ code: z.string().optional() }).describe('Can another parcel be made now, or why not'),
  warnings: z.array(Words).describe('What the packer has to know'),
  lines: z.array(
    z.object({
      lineId: z.string(),
      sku: z.string(),
      title: z.string(),
      quantity: z.int(),
      inParcels: z.int().describe('In parcels of ours that are not voided'),
      shippedAtAmazon: z.int(),
      left: z.int().describe('Units that may go into another parcel'),
      needsCodes: z.boolean().describe('One Transparency code per unit'),
      iossNumber: z.string().optional().describe('To be given to the carrier'),
    }),
  ),
  shipments: z.array(ShipmentView).describe('Oldest first'),
  pickup: z.array(PickupView).optional().describe('Of an order that the buyer fetches'),
});

/** What is left of an order, its parcels, and what speaks against another one. */
export const shippingView = ({ id: orderId, tenant, order, parcels }: FoundOrder): z.output<typeof ShippingView> => {
  const gate = packingGateOf({ order, parcels });
  const { number, amazonOrderId, fulfilledBy, state, toShip, shipBy, deliverBy, serviceLevel, programs } = order;
  return {
    ...{ orderId, tenant, number, amazonOrderId, fulfilledBy, state, toShip, programs: [...programs] },
    ...present({ shipBy, deliverBy, serviceLevel }),
    ship: gate ? { allowed: false, code: gate.code, why: gate.words } : { allowed: true },
    warnings: warningsOf(order),
    lines: order.lines.map((line) => ({
      ...{ lineId: line.lineId, sku: line.sku, title: line.title, quantity: line.quantity, shippedAtAmazon: line.quantityShipped },
      ...{ inParcels: unitsIn(line.lineId, parcels.filter(isThere)), left: leftOf(line, parcels) },
      needsCodes: line.programs?.includes('transparency') ?? false,
      ...(line.iossNumber === undefined ? {} : { iossNumber: line.iossNumber }),
    })),
    shipments: parcels.map((parcel) => shipmentView({ ...parcel, orderId, tenant })),
    ...(isFetched(order) ? { pickup: order.pickup.map(pickupView) } : {}),
  };
};

const pickupView = ({ status, lines, at, by, acceptedAt, refusal, doubt }: PickupStep): z.output<typeof PickupView> => ({
  ...{ status, at, by },
  ...(lines === null ? {} : { lines: [...lines] }),
  amazon: {
    state: acceptedAt !== null ? 'accepted' : refusal !== null ? 'refused' : doubt !== null ? 'uncertain' : 'waiting',
    ...present({ words: refusal?.words ?? doubt, acceptedAt, refusal }),
  },
});
