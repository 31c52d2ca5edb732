import type { CancelReason, RefundComponent, RefundReason } from '@orderbus/contracts';
import { formatMoney } from '@orderbus/kernel';
import type { OrderRefund, UnitsCancel } from '../../domain/feed-batch.ts';
import type { Element } from './envelope.ts';

export const unitsCancelOf = ({ amazonOrderId, lines, reason }: UnitsCancel): Element => ({
  OperationType: 'Update',
  OrderAdjustment: {
    AmazonOrderID: amazonOrderId,
    ActionType: 'Cancel',
    AdjustedItem: lines.map(({ lineId, quantity }) => ({
      AmazonOrderItemCode: lineId,
      AdjustmentReason: cancelReasons[reason],
      QuantityCancelled: quantity,
    })),
  },
});

export const refundOf = ({ amazonOrderId, currency, reason, lines }: OrderRefund): Element => ({
  OperationType: 'Update',
  OrderAdjustment: {
    AmazonOrderID: amazonOrderId,
    ActionType: 'Refund',
    AdjustedItem: lines.map(({ lineId, adjustmentId, components }) => ({
      AmazonOrderItemCode: lineId,
      MerchantAdjustmentItemID: adjustmentId,
      AdjustmentReason: refundReasons[reason],
      ItemPriceAdjustments: {
        Component: components.map(({ kind, amountMinor }) => ({
          Type: componentTypes[kind],
          Amount: { '@currency': currency, '#text': formatMoney({ minor: amountMinor, currency }) },
        })),
      },
    })),
  },
});

const cancelReasons: Readonly<Record<CancelReason, string>> = {
  'no-inventory': 'NoInventory',
  'buyer-canceled': 'CustomerCancel',
  'undeliverable-address': 'CustomerAddressIncorrect',
  'customer-exchange': 'Exchange',
  'pricing-error': 'PriceError',
};

const refundReasons: Readonly<Record<RefundReason, string>> = {
  'customer-return': 'CustomerReturn',
  'general-adjustment': 'GeneralAdjustment',
  'could-not-ship': 'CouldNotShip',
  'different-item': 'DifferentItem',
  'customer-cancel': 'CustomerCancel',
  'no-inventory': 'NoInventory',
  'pricing-error': 'PriceError',
  'customer-address-incorrect': 'CustomerAddressIncorrect',
  exchange: 'Exchange',
  undeliverable: 'Undeliverable',
  'refused-delivery': 'RefusedDelivery',
  other: 'Other',
};

const componentTypes: Readonly<Record<RefundComponent, string>> = {
  item: 'Principal',
  'item-tax': 'Tax',
  shipping: 'Shipping',
  'shipping-tax': 'ShippingTax',
  'gift-wrap': 'GiftWrap',
  'gift-wrap-tax': 'GiftWrapTax',
  'return-shipping': 'ReturnShipping',
  goodwill: 'Goodwill',
  'restocking-fee': 'RestockingFee',
};
