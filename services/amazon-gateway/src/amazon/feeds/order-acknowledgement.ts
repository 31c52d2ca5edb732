import type { CancelReason } from '@orderbus/contracts';
import type { OrderCancel } from '../../domain/feed-batch.ts';
import type { Element } from './envelope.ts';

/**
 * `Failure` cancels the whole order. Once a unit has been shipped, Amazon refunds everything instead: whoever calls this has made sure
 * that none was.
 */
export const acknowledgementOf = ({ amazonOrderId, lineIds, reason }: OrderCancel): Element => ({
  OrderAcknowledgement: {
    AmazonOrderID: amazonOrderId,
    StatusCode: 'Failure',
    Item: lineIds.map((lineId) => ({ AmazonOrderItemCode: lineId, CancelReason: reasons[reason] })),
  },
});

/** Of the many reasons that Amazon's schema has had over the years, those that are safe with every version of it. */
const reasons: Readonly<Record<CancelReason, string>> = {
  'no-inventory': 'NoInventory',
  'buyer-canceled': 'BuyerCanceled',
  'undeliverable-address': 'ShippingAddressUndeliverable',
  'customer-exchange': 'CustomerExchange',
  'pricing-error': 'PricingError',
};
