import type { AmazonOrder, AmazonPackage, BuyerData, FulfilledBy } from '@orderbus/contracts';
import { AppError, orderIdOf } from '@orderbus/kernel';
import type { AmazonOrderJson, AmazonPackageJson, AmazonWindowJson } from './amazon-order.ts';
import { buyerOf } from './buyer.ts';
import type { Dataset } from './datasets.ts';
import { itemsById } from './items.ts';
import { countryOf } from './marketplaces.ts';
import { optional } from './optional.ts';
import { orderMoney } from './order-money.ts';
import { lineOf } from './translate-line.ts';
import { fulfilledByOf, isForeign, reasonOf, statusOf, wordOf } from './words.ts';

/** An order in our words, without the people behind it. */
export type Snapshot = Omit<AmazonOrder, 'sealedBuyer' | 'buyerData'>;

export interface Translation {
  readonly snapshot: Snapshot;
  readonly buyer: BuyerData | undefined;
}

/**
 * Amazon's order in our words. Money in minor units; nothing of it is lost. Of what Amazon refused to show (`without`) the snapshot holds
 * nothing that means anything: see `complete`.
 * @throws AppError `invalid` when it says something that must not be guessed at: whose warehouse ships, which currency, how much.
 */
export const translate = (order: AmazonOrderJson, storeId: string, without: readonly Dataset[] = []): Translation => {
  const { salesChannel, recipient, orderItems } = order;
  const { marketplaceId } = salesChannel;
  if (!marketplaceId) throw new AppError('invalid', 'order.without-marketplace');

  const { lines: money, totals, balanced } = orderMoney(order);
  const snapshot: Snapshot = {
    orderId: orderIdOf(storeId, order.orderId),
    amazonOrderId: order.orderId,
    marketplaceId,
    ...optional('country', countryOf(marketplaceId)),
    ...(without.includes('FULFILLMENT') ? notShown : fulfillmentOf(order)),
    purchasedAt: order.createdTime,
    updatedAt: order.lastUpdatedTime,
    programs: [...new Set([...(order.programs ?? []).map(wordOf), ...(isForeign(order) ? ['non-amazon'] : [])])].sort(),
    ...optional('replaces', replacedBy(order)),
    ...optional('cancelRequested', cancelRequestOf(order)),
    ...optional('totals', totals),
    lines: orderItems.map((item, n) => lineOf(item, money[n])),
    ...optional('packages', order.packages?.length ? order.packages.map(packageOf) : undefined),
    balanced,
    ...optional('shipToCountry', /^[A-Z]{2}$/.exec(recipient?.deliveryAddress?.countryCode ?? '')?.[0]),
  };
  return { snapshot, buyer: buyerOf(order) };
};

type Fulfillment = Pick<Snapshot, 'status' | 'fulfilledBy' | 'serviceLevel' | 'shipBy' | 'deliverBy' | 'cancellation'>;

/** Never seen by anybody: an order that is known keeps what it has, and one that is not waits. */
const notShown: Fulfillment = { status: 'unknown', fulfilledBy: 'amazon' };

const fulfillmentOf = (order: AmazonOrderJson): Fulfillment => {
  const { fulfillment } = order;
  if (!fulfillment) throw new AppError('invalid', 'order.without-fulfillment');
  const { fulfillmentStatus, fulfillmentServiceLevel, shipByWindow, deliverByWindow } = fulfillment;
  const status = statusOf(fulfillmentStatus);
  return {
    status,
    fulfilledBy: fulfillerOf(fulfillment.fulfilledBy),
    ...optional('serviceLevel', fulfillmentServiceLevel ? wordOf(fulfillmentServiceLevel) : undefined),
    ...optional('shipBy', windowOf(shipByWindow)),
    ...optional('deliverBy', windowOf(deliverByWindow)),
    ...optional('cancellation', status === 'canceled' ? cancellationOf(order) : undefined),
  };
};

const fulfillerOf = (amazon: string | null | undefined): FulfilledBy => {
  const fulfilledBy = fulfilledByOf(amazon ?? '');
  if (!fulfilledBy) throw new AppError('invalid', 'order.unknown-fulfiller', { fulfilledBy: amazon ?? null });
  return fulfilledBy;
};

const windowOf = (window: AmazonWindowJson | null | undefined): Snapshot['shipBy'] => {
  const { earliestDateTime: from, latestDateTime: to } = window ?? {};
  return from || to ? { ...optional('from', from || undefined), ...optional('to', to || undefined) } : undefined;
};

const replacedBy = ({ associatedOrders }: AmazonOrderJson): string | undefined =>
  associatedOrders?.find(({ associationType }) => /^(REPLACEMENT|EXCHANGE)_ORIGINAL_ID$/.test(associationType ?? ''))?.orderId ?? undefined;

const cancelRequestOf = (order: AmazonOrderJson): AmazonOrder['cancelRequested'] => {
  const requests = itemsById(order).flatMap(({ cancellation }) => cancellation?.cancellationRequest ?? []);
  const [request] = requests.filter(({ requester }) => (requester ?? 'BUYER') === 'BUYER');
  return request && { ...optional('reason', request.cancelReason ? reasonOf(request.cancelReason) : undefined) };
};

const cancellationOf = (order: AmazonOrderJson): AmazonOrder['cancellation'] => {
  const [execution] = itemsById(order).flatMap(({ cancellation }) => cancellation?.cancellationExecution ?? []);
  return (
    execution && {
      ...optional('by', execution.cancelledBy ? wordOf(execution.cancelledBy) : undefined),
      ...optional('reason', execution.cancelReason ? reasonOf(execution.cancelReason) : undefined),
    }
  );
};

const packageOf = (parcel: AmazonPackageJson): AmazonPackage => ({
  reference: parcel.packageReferenceId,
  ...optional('carrier', parcel.carrier || undefined),
  ...optional('service', parcel.shippingService || undefined),
  ...optional('trackingNumber', parcel.trackingNumber || undefined),
  ...optional('shippedAt', parcel.shipTime || undefined),
  ...optional('status', parcel.packageStatus?.status ? wordOf(parcel.packageStatus.status) : undefined),
  lines: (parcel.packageItems ?? [])
    .filter(({ quantity }) => quantity > 0)
    .map(({ orderItemId: lineId, quantity }) => ({ lineId, quantity })),
});
