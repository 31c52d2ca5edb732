import {
  type Actor,
  type NewEvent,
  OrderAttentionCleared,
  OrderAttentionRaised,
  OrderBlocked,
  OrderCanceled,
  OrderCancellationRefused,
  OrderCancellationRequested,
  OrderClosed,
  OrderCommented,
  OrderCreated,
  OrderHeld,
  OrderNoted,
  OrderProcessingStarted,
  OrderReleased,
  OrderRenumbered,
  OrderReservationDropped,
  OrderReservationRequested,
  OrderRetryRequested,
  OrderStatusChanged,
  OrderTagged,
  OrderUnitsCanceled,
  OrderUpdated,
} from '@orderbus/contracts';
import type { AttentionCause, Cancellation, CommandOf, Hold, OrderState } from './order.ts';
import type { OrderSettings } from './settings.ts';

/** Amazon and Orderbus itself, as those who did something. */
export const amazon: Actor = { kind: 'amazon', name: 'Amazon' };
export const orderbus: Actor = { kind: 'system', name: 'Orderbus' };

/** What others are told: built from the order as it is after the change. */
export const created = (orderId: string, order: OrderState, { shop, customerAccounts }: OrderSettings) =>
  OrderCreated.of({
    ...identityOf(orderId, order),
    marketplaceId: order.marketplaceId,
    ...(order.country === null ? {} : { country: order.country }),
    fulfilledBy: order.fulfilledBy,
    purchasedAt: order.purchasedAt,
    ...shipByOf(order),
    ...deliverByOf(order),
    ...(order.serviceLevel === null ? {} : { serviceLevel: order.serviceLevel }),
    programs: [...order.programs],
    ...(order.replaces === null ? {} : { replaces: order.replaces }),
    ...totalsOf(order),
    lines: [...order.lines],
    balanced: order.balanced,
    ...(shop === null ? {} : { shop }),
    customer: customerAccounts,
    ...(order.customerId === null ? {} : { customerId: order.customerId }),
  });

export const updated = (orderId: string, order: OrderState) => OrderUpdated.of(updateOf(orderId, order));

export const processingStarted = (orderId: string, order: OrderState) => OrderProcessingStarted.of(identityOf(orderId, order));

export const blocked = (orderId: string, order: OrderState) =>
  OrderBlocked.of({ ...identityOf(orderId, order), reasons: [...order.blockReasons] });

export const canceled = (orderId: string, order: OrderState, reason: string | undefined) =>
  OrderCanceled.of({ ...identityOf(orderId, order), ...(reason === undefined ? {} : { reason }), actor: amazon });

export const closed = (orderId: string, order: OrderState) => OrderClosed.of({ ...identityOf(orderId, order), actor: orderbus });

export const held = (orderId: string, order: OrderState, { cause, reason, by }: Hold) =>
  OrderHeld.of({ ...identityOf(orderId, order), cause, ...(reason === null ? {} : { reason }), actor: by });

export const released = (orderId: string, order: OrderState, actor: Actor) =>
  OrderReleased.of({ ...identityOf(orderId, order), state: order.state as 'new' | 'blocked' | 'processing', actor });

export const cancellationRequested = (orderId: string, order: OrderState, { id, reason, lines, by }: Cancellation) =>
  OrderCancellationRequested.of({
    ...identityOf(orderId, order),
    cancellationId: id,
    reason,
    ...(lines === null ? {} : { lines: [...lines] }),
    actor: by,
  });

export const cancellationRefused = (orderId: string, order: OrderState, { id, reason, said }: Cancellation, why: string) =>
  OrderCancellationRefused.of({
    ...{ ...identityOf(orderId, order), cancellationId: id, reason, why },
    ...(said && { refusal: said }),
    actor: amazon,
  });

export const unitsCanceled = (orderId: string, order: OrderState, { id, reason, lines }: Cancellation) =>
  OrderUnitsCanceled.of({ ...identityOf(orderId, order), cancellationId: id, reason, lines: [...(lines ?? [])], actor: amazon });

/** What a person should look at, and no longer has to, since before. */
export const attentionChanged = (orderId: string, before: readonly AttentionCause[], order: OrderState): NewEvent[] => [
  ...order.attention
    .filter((cause) => !before.includes(cause))
    .map((cause) => OrderAttentionRaised.of({ ...identityOf(orderId, order), cause, actor: orderbus }) as NewEvent),
  ...before
    .filter((cause) => !order.attention.includes(cause))
    .map((cause) => OrderAttentionCleared.of({ ...identityOf(orderId, order), cause, actor: orderbus }) as NewEvent),
];

export const commented = (orderId: string, order: OrderState, { commentId, text, notify, visible, actor }: CommandOf<'comment'>) =>
  OrderCommented.of({ ...identityOf(orderId, order), commentId, text, notify, visible, actor });

export const statusChanged = (orderId: string, order: OrderState, before: string, actor: Actor) =>
  OrderStatusChanged.of({ ...identityOf(orderId, order), status: order.status, before, actor });

export const noted = (orderId: string, order: OrderState, actor: Actor) =>
  OrderNoted.of({ ...identityOf(orderId, order), ...(order.note === null ? {} : { note: order.note }), actor });

export const tagged = (orderId: string, order: OrderState, actor: Actor) =>
  OrderTagged.of({ ...identityOf(orderId, order), tags: [...order.tags], actor });

export const renumbered = (orderId: string, order: OrderState, before: string, source: 'own' | 'amazon', actor: Actor) =>
  OrderRenumbered.of({ ...identityOf(orderId, order), before, source, actor });

export const retryRequested = (orderId: string, order: OrderState, actor: Actor) =>
  OrderRetryRequested.of({ ...identityOf(orderId, order), actor });

/** Of what is no order yet. */
export const reservationRequested = (orderId: string, order: OrderState, actor: Actor = orderbus) =>
  OrderReservationRequested.of({
    orderId,
    amazonOrderId: order.amazonOrderId,
    fulfilledBy: order.fulfilledBy,
    purchasedAt: order.purchasedAt,
    lines: [...order.lines],
    actor,
  });

export const reservationDropped = (orderId: string, { amazonOrderId }: OrderState) =>
  OrderReservationDropped.of({ orderId, amazonOrderId, actor: orderbus });

/** The content of `order.updated`: all that may change and that others see. */
export const updateOf = (orderId: string, order: OrderState) => ({
  ...identityOf(orderId, order),
  status: toldState(order),
  ...shipByOf(order),
  ...totalsOf(order),
  lines: [...order.lines],
});

/** The amounts of an order that has any. */
export const totalsOf = ({ currency, grandTotalMinor, tipMinor }: Pick<OrderState, 'currency' | 'grandTotalMinor' | 'tipMinor'>) =>
  currency === null || grandTotalMinor === null ? {} : { totals: { currency, grandTotalMinor, tipMinor: tipMinor ?? 0 } };

export const shipByOf = ({ shipFrom, shipBy }: Pick<OrderState, 'shipFrom' | 'shipBy'>) =>
  shipFrom === null && shipBy === null ? {} : { shipBy: windowOf(shipFrom, shipBy) };

export const deliverByOf = ({ deliverFrom, deliverBy }: Pick<OrderState, 'deliverFrom' | 'deliverBy'>) =>
  deliverFrom === null && deliverBy === null ? {} : { deliverBy: windowOf(deliverFrom, deliverBy) };

const windowOf = (from: string | null, to: string | null) => ({ ...(from === null ? {} : { from }), ...(to === null ? {} : { to }) });

/** `order.held`, `order.released` and `order.closed` tell of those; for the others, a closed order is a complete one. */
const toldState = ({ state }: OrderState) => (state === 'closed' ? 'complete' : (state as 'new' | 'blocked' | 'processing' | 'complete'));

const identityOf = (orderId: string, order: OrderState) => ({
  orderId,
  number: order.number as string,
  amazonOrderId: order.amazonOrderId,
});
