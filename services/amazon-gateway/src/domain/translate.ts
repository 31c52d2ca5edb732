import type { AmazonOrder, OrderLine, TimeWindow, Totals } from '@orderbus/contracts';
import { AppError, orderIdOf } from '@orderbus/kernel';
import type { AmazonItemJson, AmazonOrderJson, AmazonWindowJson } from './amazon-order.ts';
import { lineAmounts, minorOf } from './amounts.ts';
import { type BuyerData, buyerOf } from './buyer.ts';
import { countryOf } from './marketplaces.ts';
import { fulfilledByOf, reasonOf, statusOf, wordOf } from './words.ts';

/** An order in our words, without the people behind it. */
export type Snapshot = Omit<AmazonOrder, 'sealedBuyer' | 'buyerData'>;

export interface Translation {
  readonly snapshot: Snapshot;
  readonly buyer: BuyerData | undefined;
}

/**
 * Amazon's order in our words. Money in minor units; nothing of it is lost.
 * @throws AppError `invalid` when it says something that must not be guessed at: whose warehouse ships, which currency, how much.
 */
export const translate = (order: AmazonOrderJson, storeId: string): Translation => {
  const { fulfillment, salesChannel, recipient } = order;
  if (!fulfillment) throw new AppError('invalid', 'order.without-fulfillment');
  const { marketplaceId } = salesChannel;
  if (!marketplaceId) throw new AppError('invalid', 'order.without-marketplace');
  const fulfilledBy = fulfilledByOf(fulfillment.fulfilledBy ?? '');
  if (!fulfilledBy) throw new AppError('invalid', 'order.unknown-fulfiller', { fulfilledBy: fulfillment.fulfilledBy ?? null });

  const { lines, totals, balanced } = moneyOf(order);
  const snapshot: Snapshot = {
    orderId: orderIdOf(storeId, order.orderId),
    amazonOrderId: order.orderId,
    marketplaceId,
    ...optional('country', countryOf(marketplaceId)),
    status: statusOf(fulfillment.fulfillmentStatus),
    fulfilledBy,
    ...optional('serviceLevel', fulfillment.fulfillmentServiceLevel ? wordOf(fulfillment.fulfillmentServiceLevel) : undefined),
    purchasedAt: order.createdTime,
    updatedAt: order.lastUpdatedTime,
    ...optional('shipBy', windowOf(fulfillment.shipByWindow)),
    ...optional('deliverBy', windowOf(fulfillment.deliverByWindow)),
    programs: [...new Set((order.programs ?? []).map(wordOf))].sort(),
    ...optional('replaces', replacedBy(order)),
    ...optional('cancelRequested', cancelRequestOf(order)),
    ...optional('totals', totals),
    lines,
    balanced,
    ...optional('shipToCountry', /^[A-Z]{2}$/.exec(recipient?.deliveryAddress?.countryCode ?? '')?.[0]),
  };
  return { snapshot, buyer: buyerOf(order) };
};

interface OrderMoney {
  readonly lines: OrderLine[];
  readonly totals: Totals | undefined;
  readonly balanced: boolean;
}

/** Amazon's grand total is believed, also when its parts do not add up to it. */
const moneyOf = ({ proceeds, orderItems }: AmazonOrderJson): OrderMoney => {
  const breakdowns = proceeds?.breakdowns ?? [];
  const currency =
    proceeds?.grandTotal?.currencyCode ??
    orderItems.map(({ proceeds: own }) => own?.proceedsTotal?.currencyCode ?? own?.breakdowns?.[0]?.subtotal.currencyCode).find(Boolean) ??
    breakdowns[0]?.subtotal.currencyCode;
  if (!currency) return { lines: orderItems.map((item) => lineOf(item)), totals: undefined, balanced: true };

  const tipMinor = breakdowns
    .filter(({ type }) => type === 'DELIVERY_TIP')
    .reduce((sum, { subtotal }) => sum + minorOf(subtotal, currency), 0);
  const amounts = orderItems.map(({ proceeds: own }) => (isPriced(own) ? lineAmounts(own, currency) : undefined));
  const sum = amounts.reduce((total, line) => total + (line?.amounts.totalMinor ?? 0), tipMinor);
  const grandTotalMinor = proceeds?.grandTotal ? minorOf(proceeds.grandTotal, currency) : sum;
  return {
    lines: orderItems.map((item, n) => lineOf(item, amounts[n]?.amounts)),
    totals: { currency, grandTotalMinor, tipMinor },
    balanced: sum === grandTotalMinor && amounts.every((line) => line?.balanced ?? true),
  };
};

const isPriced = (proceeds: AmazonItemJson['proceeds']): proceeds is NonNullable<AmazonItemJson['proceeds']> =>
  Boolean(proceeds?.proceedsTotal ?? proceeds?.breakdowns?.length);

const lineOf = (
  { orderItemId, quantityOrdered, product, fulfillment, tax }: AmazonItemJson,
  amounts?: OrderLine['amounts'],
): OrderLine => ({
  lineId: orderItemId,
  sku: product.sellerSku ?? '',
  ...optional('asin', product.asin || undefined),
  title: product.title ?? product.sellerSku ?? '',
  quantity: quantityOrdered,
  quantityShipped: fulfillment?.quantityFulfilled ?? 0,
  taxCollectedBy: tax?.taxCollections?.some(({ model }) => model === 'MARKETPLACE_FACILITATOR') ? 'marketplace' : 'seller',
  ...optional('amounts', amounts),
});

const windowOf = (window: AmazonWindowJson | null | undefined): TimeWindow | undefined => {
  const { earliestDateTime: from, latestDateTime: to } = window ?? {};
  return from || to ? { ...optional('from', from || undefined), ...optional('to', to || undefined) } : undefined;
};

const replacedBy = ({ associatedOrders }: AmazonOrderJson): string | undefined =>
  associatedOrders?.find(({ associationType }) => /^(REPLACEMENT|EXCHANGE)_ORIGINAL_ID$/.test(associationType ?? ''))?.orderId ?? undefined;

const cancelRequestOf = ({ orderItems }: AmazonOrderJson): AmazonOrder['cancelRequested'] => {
  const requests = orderItems.flatMap(({ cancellation }) => cancellation?.cancellationRequest ?? []);
  const [request] = requests.filter(({ requester }) => (requester ?? 'BUYER') === 'BUYER');
  return request && { ...optional('reason', request.cancelReason ? reasonOf(request.cancelReason) : undefined) };
};

const optional = <K extends string, V>(key: K, value: V | undefined): { readonly [P in K]?: V } =>
  (value === undefined ? {} : { [key]: value }) as { readonly [P in K]?: V };
