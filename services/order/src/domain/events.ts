import { OrderBlocked, OrderCanceled, OrderCreated, OrderProcessingStarted, OrderUpdated } from '@orderbus/contracts';
import type { OrderState } from './order.ts';

/** What others are told: built from the order as it is after the change. */
export const created = (orderId: string, order: OrderState) =>
  OrderCreated.of({
    ...identityOf(orderId, order),
    marketplaceId: order.marketplaceId,
    ...(order.country === null ? {} : { country: order.country }),
    fulfilledBy: order.fulfilledBy,
    purchasedAt: order.purchasedAt,
    ...shipByOf(order),
    programs: [...order.programs],
    ...(order.replaces === null ? {} : { replaces: order.replaces }),
    ...totalsOf(order),
    lines: [...order.lines],
    balanced: order.balanced,
  });

export const updated = (orderId: string, order: OrderState) => OrderUpdated.of(updateOf(orderId, order));

export const processingStarted = (orderId: string, order: OrderState) => OrderProcessingStarted.of(identityOf(orderId, order));

export const blocked = (orderId: string, order: OrderState) =>
  OrderBlocked.of({ ...identityOf(orderId, order), reasons: [...order.blockReasons] });

export const canceled = (orderId: string, order: OrderState, reason: string | undefined) =>
  OrderCanceled.of({ ...identityOf(orderId, order), ...(reason === undefined ? {} : { reason }) });

/** The content of `order.updated`: all that may change and that others see. */
export const updateOf = (orderId: string, order: OrderState) => ({
  ...identityOf(orderId, order),
  status: order.status as 'new' | 'blocked' | 'processing' | 'complete',
  ...shipByOf(order),
  ...totalsOf(order),
  lines: [...order.lines],
});

/** The amounts of an order that has any. */
export const totalsOf = ({ currency, grandTotalMinor, tipMinor }: Pick<OrderState, 'currency' | 'grandTotalMinor' | 'tipMinor'>) =>
  currency === null || grandTotalMinor === null ? {} : { totals: { currency, grandTotalMinor, tipMinor: tipMinor ?? 0 } };

export const shipByOf = ({ shipFrom, shipBy }: Pick<OrderState, 'shipFrom' | 'shipBy'>) =>
  shipFrom === null && shipBy === null
    ? {}
    : { shipBy: { ...(shipFrom === null ? {} : { from: shipFrom }), ...(shipBy === null ? {} : { to: shipBy }) } };

const identityOf = (orderId: string, order: OrderState) => ({
  orderId,
  number: order.number as string,
  amazonOrderId: order.amazonOrderId,
});
