import type { WorldOrder } from '../../world/order.ts';
import { type Decision, nothing, WriteRefused } from '../decision.ts';
import { amazonOrderId, itemCode, lineOf, reasonOf } from './order-message.ts';
import { restOfPayment } from './refund.ts';
import { any, one, oneOf, optional, sequence, text } from './schema.ts';

const cancelReasons = [
  'NoInventory',
  'ShippingAddressUndeliverable',
  'CustomerExchange',
  'BuyerCanceled',
  'GeneralAdjustment',
  'CarrierCreditDecision',
  'RiskAssessmentInformationNotValid',
  'CarrierCoverageFailure',
  'CustomerReturn',
  'MerchandiseNotReceived',
  'CannotVerifyInformation',
  'PricingError',
  'RejectOrder',
  'WeatherDelay',
] as const;

export const orderAcknowledgement = sequence({
  AmazonOrderID: one(amazonOrderId),
  MerchantOrderID: optional(text()),
  StatusCode: one(oneOf(['Success', 'Failure'])),
  Item: any(
    sequence({
      AmazonOrderItemCode: one(itemCode),
      MerchantOrderItemID: optional(text()),
      CancelReason: optional(oneOf(cancelReasons)),
    }),
  ),
});

export type OrderAcknowledgement = ReturnType<typeof orderAcknowledgement>;

/**
 * Success acknowledges. Failure cancels the whole order, whichever items it lists; once a piece is shipped, it refunds everything instead.
 * @throws WriteRefused
 */
export const decideAcknowledgement = (order: WorldOrder, message: OrderAcknowledgement, at: number): Decision => {
  for (const { AmazonOrderItemCode } of message.Item) lineOf(order, AmazonOrderItemCode);
  return message.StatusCode === 'Success' ? acknowledge(order, message) : cancel(order, message, at);
};

const acknowledge = (order: WorldOrder, { MerchantOrderID }: OrderAcknowledgement): Decision => {
  if (!MerchantOrderID || order.sellerOrderId === MerchantOrderID) return nothing;
  return { effect: 'status', changes: [{ type: 'acknowledge', sellerOrderId: MerchantOrderID }] };
};

const cancel = (order: WorldOrder, { Item }: OrderAcknowledgement, at: number): Decision => {
  const reason = Item[0]?.CancelReason;
  if (!reason || Item.some(({ CancelReason }) => !CancelReason)) {
    throw new WriteRefused('A CancelReason is required for each item of an order that is cancelled.');
  }
  if (order.status === 'CANCELLED') return { ...nothing, warning: 'The order is already cancelled.' };
  if (order.lines.every(({ shipped }) => shipped === 0)) {
    return { effect: 'cancelled', changes: [{ type: 'cancel', by: 'MERCHANT', reason: reasonOf(reason) }] };
  }
  const refunds = restOfPayment(order, reason, at);
  if (refunds.length === 0) return { ...nothing, warning: 'Everything that was paid has been refunded already.' };
  return {
    effect: 'refunded',
    changes: [{ type: 'refund', refunds }],
    warning: 'A part of the order is shipped: it was not cancelled, but all of it refunded.',
  };
};
