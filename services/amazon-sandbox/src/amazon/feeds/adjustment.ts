import type { WorldOrder } from '../../world/order.ts';
import { leftOf } from '../../world/quantities.ts';
import { type Decision, WriteRefused } from '../decision.ts';
import type { AdjustedItem, OrderAdjustment } from './adjustment-schema.ts';
import { lineOf, reasonOf } from './order-message.ts';
import { decideRefund } from './refund.ts';

/**
 * Cancels pieces that are not shipped, or pays back. All of a message or nothing of it.
 * @throws WriteRefused
 */
export const decideAdjustment = (order: WorldOrder, message: OrderAdjustment, at: number): Decision => {
  const codes = message.AdjustedItem.map((item) => lineOf(order, item.AmazonOrderItemCode).orderItemId);
  if (new Set(codes).size < codes.length) throw new WriteRefused('An item appears twice in the message.');
  return message.ActionType === 'Cancel' ? cancelPieces(order, message.AdjustedItem) : decideRefund(order, message.AdjustedItem, at);
};

const cancelPieces = (order: WorldOrder, adjusted: readonly AdjustedItem[]): Decision => {
  const items = adjusted.map((item) => cancelledPieces(order, item));
  const reason = reasonOf(adjusted[0]?.AdjustmentReason ?? 'Other');
  return { effect: 'cancelled', changes: [{ type: 'cancel-pieces', by: 'MERCHANT', reason, items }] };
};

const cancelledPieces = (order: WorldOrder, item: AdjustedItem) => {
  const line = lineOf(order, item.AmazonOrderItemCode);
  const quantity = Number(item.QuantityCancelled ?? 0);
  if (item.ItemPriceAdjustments) throw new WriteRefused('A cancellation must not adjust prices.');
  if (quantity === 0) throw new WriteRefused('QuantityCancelled is required to cancel.');
  if (quantity > leftOf(line)) {
    throw new WriteRefused(`QuantityCancelled ${quantity} exceeds the ${leftOf(line)} of ${line.orderItemId} that are not shipped.`);
  }
  return { orderItemId: line.orderItemId, quantity };
};
