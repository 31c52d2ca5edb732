import {
  type AmazonOrder,
  AmazonOrderImported,
  AmazonOrderReadable,
  AmazonOrderUnreadable,
  AmazonOrderUpdated,
  type Event,
  InvoiceIssued,
  OrderAttentionCleared,
  OrderAttentionRaised,
  OrderBlocked,
  OrderCanceled,
  OrderCancellationRefused,
  OrderCancellationRequested,
  OrderClosed,
  OrderProcessingStarted,
  OrderReleased,
  OrderUnitsCanceled,
  OrderUpdated,
  ShipByAtRisk,
  ShipByMissed,
  ShipBySettled,
} from '@orderbus/contracts';
import type { NeedKind, Notice } from './need.ts';
import { forGood, inRound, type Meaning, opens, settles, when } from './notice.ts';

type OfOrder = Event<{ readonly orderId: string }>;

const unblocked = (event: OfOrder): Notice => settles('order-blocked', event, event.data.orderId);

/** `order.updated` and `order.released` say where the order stands. */
const unlessBlocked = (event: OfOrder, state: string): readonly Notice[] => (state === 'blocked' ? [] : [unblocked(event)]);

const attention = {
  'buyer-cancel-request': 'buyer-cancel-request',
  address: 'address-unacceptable',
  'cancellation-refused': 'cancellation-refused',
  'stock-missing': 'order-blocked',
} as const satisfies Record<string, NeedKind>;

/** `order.blocked` says what is missing. */
const isToldByItself = (cause: keyof typeof attention): boolean => cause === 'stock-missing';

const answered = (event: OfOrder): Notice => settles('waiting-at-amazon', event, `cancellation:${event.data.orderId}`);

/** A person should look before money moves, as long as Amazon shows it so and nobody has billed it all the same. */
const totals = (event: Event<AmazonOrder>): readonly Notice[] => {
  const { orderId, amazonOrderId, balanced, status, totals: sum } = event.data;
  const place = inRound(0, event);
  if (balanced || status === 'canceled') return [settles('totals-do-not-add-up', event, orderId, place)];
  const facts = { amazonOrderId, currency: sum?.currency, totalMinor: sum?.grandTotalMinor };
  return [opens('totals-do-not-add-up', event, orderId, facts, place)];
};

export const ofOrders: readonly Meaning[] = [
  when(OrderBlocked, (e) => [opens('order-blocked', e, e.data.orderId, { reasons: e.data.reasons })]),
  when(OrderProcessingStarted, (e) => [unblocked(e)]),
  when(OrderUpdated, (e) => unlessBlocked(e, e.data.status)),
  when(OrderReleased, (e) => unlessBlocked(e, e.data.state)),
  when(OrderClosed, (e) => [unblocked(e)]),
  when(OrderCanceled, (e) => [unblocked(e), answered(e)]),

  when(OrderAttentionRaised, (e) => (isToldByItself(e.data.cause) ? [] : [opens(attention[e.data.cause], e, e.data.orderId, {})])),
  when(OrderAttentionCleared, (e) => [settles(attention[e.data.cause], e, e.data.orderId)]),

  when(OrderCancellationRequested, (e) => [
    opens('waiting-at-amazon', e, `cancellation:${e.data.orderId}`, { write: 'cancellation', reason: e.data.reason }),
  ]),
  when(OrderUnitsCanceled, (e) => [answered(e)]),
  when(OrderCancellationRefused, (e) => [answered(e)]),

  when(AmazonOrderImported, totals),
  when(AmazonOrderUpdated, totals),
  when(InvoiceIssued, (e) => [settles('totals-do-not-add-up', e, e.data.orderId, forGood)]),

  when(AmazonOrderUnreadable, (e) => [
    opens('order-unreadable', e, e.aggregateId, { amazonOrderId: e.data.amazonOrderId, problems: e.data.problems }),
  ]),
  when(AmazonOrderReadable, (e) => [settles('order-unreadable', e, e.aggregateId)]),

  when(ShipByAtRisk, (e) => [opens('ship-by-at-risk', e, e.data.orderId, { shipBy: e.data.shipBy, obstacles: e.data.obstacles })]),
  when(ShipByMissed, (e) => [
    settles('ship-by-at-risk', e, e.data.orderId),
    opens('ship-by-missed', e, e.data.orderId, { shipBy: e.data.shipBy, obstacles: e.data.obstacles }),
  ]),
  when(ShipBySettled, (e) => [settles('ship-by-at-risk', e, e.data.orderId), settles('ship-by-missed', e, e.data.orderId)]),
];
