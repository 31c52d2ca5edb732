/** The datasets a caller can ask for. What none of them covers is always there. */
export const includedDataValues = [
  'BUYER',
  'RECIPIENT',
  'PROCEEDS',
  'EXPENSE',
  'PROMOTION',
  'CANCELLATION',
  'FULFILLMENT',
  'PACKAGES',
  'TAX',
  'PAYMENT',
  'FULFILLMENT_ORDERS',
] as const;

export type IncludedData = (typeof includedDataValues)[number];
