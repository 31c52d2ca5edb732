import { queryOptions } from '@tanstack/react-query';
import type { operations } from '../../../api/generated/console.d.ts';
import { own } from '../../../api/services.ts';
import { about } from '../news.ts';

export type StuckAnswer = operations['getApiOrdersByOrderIdStuck']['responses'][200]['content']['application/json'];
export type Stuck = NonNullable<StuckAnswer['stuck']>;
export type Reason = Stuck['behind'][number];
export type Fix = NonNullable<Reason['action']>;

const lookEveryMs = 30_000;

/** Not all that is in an order's way is an event of the order: the store, the broker and the installation are looked at now and then. */
export const stuckQuery = (orderId: string) =>
  queryOptions({
    ...about(orderId, own.read('/api/orders/{orderId}/stuck', { params: { path: { orderId } } })),
    refetchInterval: lookEveryMs,
  });
