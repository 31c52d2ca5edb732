import type {
  AmazonOrderReadable,
  AmazonOrderUnreadable,
  OrderAttentionCleared,
  OrderAttentionRaised,
  OrderBlocked,
  OrderCanceled,
  OrderCreated,
  OrderProcessingStarted,
  OrderUpdated,
} from '@orderbus/contracts';
import type { AlertKind } from '../domain/alert.ts';
import type { WatchCommand } from '../domain/watch.ts';
import { clears, type EventOf, notices, tells } from './notice.ts';

/** What becomes of an order, from Amazon's list to the end. Facts hold numbers, articles and reasons: nothing of the buyer. */

export const created = (event: EventOf<typeof OrderCreated>): WatchCommand => {
  const { number, amazonOrderId, country, totals, lines } = event.data;
  const units = lines.reduce((sum, line) => sum + line.quantity, 0);
  return notices(
    tells(event, {
      kind: 'order-new',
      number,
      amazonOrderId,
      units,
      ...(country === undefined ? {} : { country }),
      ...(totals === undefined ? {} : { total: { minor: totals.grandTotalMinor, currency: totals.currency } }),
    }),
  );
};

export const blocked = (event: EventOf<typeof OrderBlocked>): WatchCommand => {
  const { number, amazonOrderId, reasons } = event.data;
  return notices(tells(event, { kind: 'order-blocked', number, amazonOrderId, reasons }));
};

export const processingStarted = (event: EventOf<typeof OrderProcessingStarted>): WatchCommand => notices(clears(event, 'order-blocked'));

/** Shipped all the same, by hand: nothing waits any more. */
export const updated = (event: EventOf<typeof OrderUpdated>): WatchCommand | undefined =>
  event.data.status === 'complete' ? notices(clears(event, 'order-blocked')) : undefined;

export const canceled = (event: EventOf<typeof OrderCanceled>): WatchCommand => {
  const { number, amazonOrderId, reason } = event.data;
  return notices(
    clears(event, 'order-blocked'),
    tells(event, { kind: 'order-canceled', number, amazonOrderId, ...(reason === undefined ? {} : { reason }) }),
  );
};

/** The buyer's wish to cancel, and the address. What goes before the other causes has told of them: `order.blocked`, `amazon.cancellation.rejected`. */
export const attentionRaised = (event: EventOf<typeof OrderAttentionRaised>): WatchCommand | undefined => {
  const { number, amazonOrderId, cause } = event.data;
  const kind = alertOf[cause];
  return kind && notices(tells(event, { kind, number, amazonOrderId }));
};

/** Accepted or declined, taken back by the buyer, corrected; or too late: shipped or canceled meanwhile. */
export const attentionCleared = (event: EventOf<typeof OrderAttentionCleared>): WatchCommand | undefined => {
  const kind = alertOf[event.data.cause];
  return kind && notices(clears(event, kind));
};

const alertOf = {
  'buyer-cancel-request': 'cancel-requested',
  address: 'address-unacceptable',
  'cancellation-refused': undefined,
  'stock-missing': undefined,
} as const satisfies Record<EventOf<typeof OrderAttentionRaised>['data']['cause'], AlertKind | undefined>;

export const unreadable = (event: EventOf<typeof AmazonOrderUnreadable>): WatchCommand => {
  const { rawId, amazonOrderId, problems } = event.data;
  return notices(tells(event, { kind: 'order-unreadable', rawId, problems, ...(amazonOrderId === undefined ? {} : { amazonOrderId }) }));
};

export const readable = (event: EventOf<typeof AmazonOrderReadable>): WatchCommand => notices(clears(event, 'order-unreadable'));
