import {
  AmazonOrderUnreadable,
  OrderBlocked,
  OrderCanceled,
  OrderCreated,
  OrderProcessingStarted,
  OrderUpdated,
} from '@orderbus/contracts';
import { on, type Subscription, type Target } from '@orderbus/outbox';
import type { WatchCommand } from '../domain/watch.ts';
import { blocked, canceled, created, processingStarted, unreadable, updated } from './notices.ts';

/** The table of contents: which facts the staff hears about, and which fact takes an alert back. */
export const subscriptionsOf = (watches: Target<WatchCommand>): readonly Subscription[] => [
  on(OrderCreated, 'notification.tell-new', watches, { key: ({ data }) => data.orderId, command: created }),
  on(OrderBlocked, 'notification.tell-blocked', watches, { key: ({ data }) => data.orderId, command: blocked }),
  on(OrderProcessingStarted, 'notification.resolve-blocked', watches, { key: ({ data }) => data.orderId, command: processingStarted }),
  on(OrderUpdated, 'notification.resolve-shipped', watches, { key: ({ data }) => data.orderId, command: updated }),
  on(OrderCanceled, 'notification.tell-canceled', watches, { key: ({ data }) => data.orderId, command: canceled }),
  on(AmazonOrderUnreadable, 'notification.tell-unreadable', watches, { key: ({ aggregateId }) => aggregateId, command: unreadable }),
];
