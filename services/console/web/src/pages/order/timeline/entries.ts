import { queryOptions } from '@tanstack/react-query';
import type { operations } from '../../../api/generated/console.d.ts';
import { own } from '../../../api/services.ts';
import { about } from '../news.ts';

export const kinds = ['event', 'write', 'failed-call'] as const;

/** Something that happened to the order: an event of ours, what Amazon was asked, or a call to Amazon that failed. */
export type Entry = operations['getApiOrdersByOrderIdTimeline']['responses'][200]['content']['application/json']['items'][number];

/** Everything that happened, oldest first. */
export const timelineQuery = (orderId: string) =>
  queryOptions({
    ...about(orderId, own.read('/api/orders/{orderId}/timeline', { params: { path: { orderId } } })),
    // What Amazon is asked, and what fails of it, comes without an event.
    refetchInterval: 30_000,
    select: ({ items, incomplete }) => ({ entries: items, incomplete }),
  });
