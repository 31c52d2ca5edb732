import { amazonOrderId, exactlyTheOrder, itemCode } from './order-message.ts';
import { any, exactlyOneOf, one, oneOf, optional, type Rule, sequence, some, text } from './schema.ts';

const adjustmentReasons = [
  'NoInventory',
  'CustomerReturn',
  'GeneralAdjustment',
  'CouldNotShip',
  'DifferentItem',
  'Abandoned',
  'CustomerCancel',
  'PriceError',
  'ProductOutofStock',
  'CustomerAddressIncorrect',
  'Exchange',
  'Other',
  'CarrierCreditDecision',
  'RiskAssessmentInformationNotValid',
  'CarrierCoverageFailure',
  'TransactionRecord',
  'Undeliverable',
  'RefusedDelivery',
] as const;

const componentTypes = [
  'Principal',
  'Shipping',
  'Tax',
  'ShippingTax',
  'RestockingFee',
  'RestockingFeeTax',
  'GiftWrap',
  'GiftWrapTax',
  'Surcharge',
  'ReturnShipping',
  'Goodwill',
  'ExportCharge',
  'COD',
  'CODTax',
  'Other',
  'FreeReplacementReturnShipping',
] as const;

interface Amount {
  readonly value: string;
  readonly currency?: string;
}

/** A negative amount matches too: Amazon's schema leaves it to the seller. */
const amount: Rule<Amount> = (element) => {
  const { currency } = element.attributes;
  return { value: text(/^-?\d{1,18}(\.\d{1,2})?$/)(element), ...(currency !== undefined && { currency }) };
};

const component = sequence({ Type: one(oneOf(componentTypes)), Amount: one(amount) });
const pieces = text(/^[1-9]\d{0,8}$/);

const adjustedItem = exactlyOneOf(
  sequence({
    AmazonOrderItemCode: optional(itemCode),
    MerchantOrderItemID: optional(text()),
    MerchantAdjustmentItemID: optional(text()),
    AdjustmentReason: one(oneOf(adjustmentReasons)),
    ItemPriceAdjustments: optional(sequence({ Component: some(component) })),
    PromotionAdjustments: any(
      sequence({ PromotionClaimCode: optional(text()), MerchantPromotionID: optional(text()), Component: some(component) }),
    ),
    DirectPaymentAdjustments: optional(sequence({ Component: some(component) })),
    QuantityCancelled: optional(pieces),
    Quantity: optional(pieces),
  }),
  'AmazonOrderItemCode',
  'MerchantOrderItemID',
);

export const orderAdjustment = exactlyTheOrder(
  sequence({
    AmazonOrderID: optional(amazonOrderId),
    MerchantOrderID: optional(text()),
    ActionType: optional(oneOf(['Refund', 'Cancel'])),
    CODCollectionMethod: optional(oneOf(['DirectPayment'])),
    AdjustedItem: some(adjustedItem),
  }),
);

export type OrderAdjustment = ReturnType<typeof orderAdjustment>;
export type AdjustedItem = OrderAdjustment['AdjustedItem'][number];
