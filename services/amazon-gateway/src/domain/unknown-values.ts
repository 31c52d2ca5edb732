import type { AmazonOrderJson } from './amazon-order.ts';

/** A word of Amazon's that came after us, and where it stands. */
export interface UnknownValue {
  readonly field: string;
  readonly value: string;
}

/** The words of an order that we have no name for. They pass all the same; somebody should look what they mean. */
export const unknownValuesOf = (order: AmazonOrderJson): UnknownValue[] => {
  const { fulfillment, orderItems, packages } = order;
  const found: UnknownValue[] = [];
  const look = (field: keyof typeof knownWords, values: readonly (string | null | undefined)[] | null | undefined): void => {
    for (const value of values ?? []) if (value && !knownWords[field].has(value)) found.push({ field, value });
  };
  look('channelName', [order.salesChannel.channelName]);
  look('programs', order.programs);
  look(
    'associationType',
    order.associatedOrders?.map(({ associationType }) => associationType),
  );
  look('fulfillmentStatus', [fulfillment?.fulfillmentStatus]);
  look('fulfilledBy', [fulfillment?.fulfilledBy]);
  look('fulfillmentServiceLevel', [fulfillment?.fulfillmentServiceLevel]);
  look(
    'proceedsType',
    order.proceeds?.breakdowns?.map(({ type }) => type),
  );
  look(
    'packageStatus',
    packages?.map(({ packageStatus }) => packageStatus?.status),
  );
  for (const item of orderItems) {
    look('itemPrograms', item.programs);
    look(
      'proceedsType',
      item.proceeds?.breakdowns?.map(({ type }) => type),
    );
    look(
      'taxSubtype',
      item.proceeds?.breakdowns?.flatMap(({ type, detailedBreakdowns }) =>
        type === 'TAX' ? (detailedBreakdowns ?? []).map(({ subtype }) => subtype) : [],
      ),
    );
    look(
      'taxModel',
      item.tax?.taxCollections?.map(({ model }) => model),
    );
    look(
      'taxScheme',
      item.tax?.taxCalculationBreakdowns?.map(({ reportingScheme }) => reportingScheme),
    );
    look('canceledBy', [item.cancellation?.cancellationExecution?.cancelledBy, item.cancellation?.cancellationRequest?.requester]);
  }
  return found;
};

const knownWords = {
  channelName: new Set(['AMAZON', 'NON_AMAZON']),
  programs: new Set(
    'AMAZON_BAZAAR AMAZON_BUSINESS AMAZON_EASY_SHIP AMAZON_HAUL DELIVERY_BY_AMAZON FBM_SHIP_PLUS INVOICE_BY_AMAZON IN_STORE_PICK_UP PREMIUM PREORDER PRIME'.split(
      ' ',
    ),
  ),
  itemPrograms: new Set(['TRANSPARENCY', 'SUBSCRIBE_AND_SAVE']),
  associationType: new Set(['REPLACEMENT_ORIGINAL_ID', 'EXCHANGE_ORIGINAL_ID']),
  fulfillmentStatus: new Set('PENDING_AVAILABILITY PENDING UNSHIPPED PARTIALLY_SHIPPED SHIPPED CANCELLED UNFULFILLABLE'.split(' ')),
  fulfilledBy: new Set(['MERCHANT', 'AMAZON']),
  fulfillmentServiceLevel: new Set('EXPEDITED FREE_ECONOMY NEXT_DAY PRIORITY SAME_DAY SECOND_DAY SCHEDULED STANDARD'.split(' ')),
  proceedsType: new Set('ITEM SHIPPING GIFT_WRAP COD_FEE TAX DISCOUNT DELIVERY_TIP OTHER'.split(' ')),
  packageStatus: new Set('PENDING IN_TRANSIT SHIPPED DELIVERED CANCELLED UNDELIVERABLE'.split(' ')),
  taxSubtype: new Set('ITEM SHIPPING GIFT_WRAP COD_FEE OTHER DISCOUNT'.split(' ')),
  taxModel: new Set(['MARKETPLACE_FACILITATOR']),
  taxScheme: new Set(['IOSS', 'UOSS']),
  canceledBy: new Set(['BUYER', 'MERCHANT', 'AMAZON']),
} as const;
