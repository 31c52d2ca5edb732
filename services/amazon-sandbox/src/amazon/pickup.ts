import { z } from 'zod';
import type { Change, Pieces, WorldOrder } from '../world/order.ts';
import { leftOf, restOf } from '../world/quantities.ts';
import { refuseForeignMarketplace } from './confirm-shipment.ts';
import { type Decision, nothing, WriteRefused } from './decision.ts';

/** The body of updateShipmentStatus. */
export const UpdateShipmentStatusBody = z.strictObject({
  marketplaceId: z.string(),
  shipmentStatus: z.enum(['ReadyForPickup', 'PickedUp', 'RefusedPickup']),
  orderItems: z
    .array(z.strictObject({ orderItemId: z.string().optional(), quantity: z.int().min(1).optional() }))
    .min(1)
    .optional(),
});

export type UpdateShipmentStatusBody = z.output<typeof UpdateShipmentStatusBody>;

/**
 * How an order that the buyer picks up in store gets on: ready, picked up (which ships it), or refused (which cancels it for the buyer). Said
 * again about the whole order, it changes nothing.
 * @throws WriteRefused
 */
export const decidePickup = (order: WorldOrder, { marketplaceId, shipmentStatus, orderItems }: UpdateShipmentStatusBody): Decision => {
  refuseForeignMarketplace(order, marketplaceId);
  if (!order.programs.includes('IN_STORE_PICK_UP')) {
    throw new WriteRefused('The order is not picked up in store; its shipment status cannot be updated.');
  }
  if (!orderItems && isAlready(order, shipmentStatus)) return nothing;
  if (order.status !== 'UNSHIPPED' && order.status !== 'PARTIALLY_SHIPPED') {
    throw new WriteRefused(`The shipment status cannot be updated: the status of the order is ${order.status}.`);
  }
  const items = orderItems ? orderItems.map((item) => piecesOf(order, item)) : restOf(order);
  if (new Set(items.map(({ orderItemId }) => orderItemId)).size < items.length) {
    throw new WriteRefused('OrderItems are invalid: an item appears twice.');
  }
  return { effect: 'status', changes: [changes[shipmentStatus](items)] };
};

const refused = { by: 'BUYER', reason: 'REFUSED_PICKUP' } as const;

const changes: Record<UpdateShipmentStatusBody['shipmentStatus'], (items: readonly Pieces[]) => Change> = {
  ReadyForPickup: () => ({ type: 'make-ready' }),
  PickedUp: (items) => ({ type: 'hand-over', items }),
  RefusedPickup: (items) => ({ type: 'cancel-pieces', items, ...refused }),
};

const isAlready = (order: WorldOrder, status: UpdateShipmentStatusBody['shipmentStatus']): boolean => {
  switch (status) {
    case 'ReadyForPickup':
      return order.readyForPickup === true;
    case 'PickedUp':
      return order.status === 'SHIPPED';
    case 'RefusedPickup':
      return order.status === 'CANCELLED' && order.lines.every(({ cancelled }) => cancelled?.reason === refused.reason);
  }
};

const piecesOf = (
  order: WorldOrder,
  { orderItemId, quantity }: { orderItemId?: string | undefined; quantity?: number | undefined },
): Pieces => {
  const line = order.lines.find((each) => each.orderItemId === orderItemId);
  if (!line) throw new WriteRefused(`OrderItemId is invalid: ${orderItemId} is not an item of the order.`);
  const pieces = quantity ?? leftOf(line);
  if (pieces > leftOf(line) || pieces === 0) {
    throw new WriteRefused(`Quantity is invalid for ${line.orderItemId}: ${pieces} of the ${leftOf(line)} that are left.`);
  }
  return { orderItemId: line.orderItemId, quantity: pieces };
};
