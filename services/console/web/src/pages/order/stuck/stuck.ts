import { queryOptions } from '@tanstack/react-query';
import type { operations } from '../../../api/generated/console.d.ts';
import { own } from '../../../api/services.ts';
import { about } from '../news.ts';
import { nextLookMs } from './next-look.ts';

export type StuckAnswer = operations['getApiOrdersByOrderIdStuck']['responses'][200]['content']['application/json'];
export type Stuck = NonNullable<StuckAnswer['stuck']>;
export type Reason = Stuck['behind'][number];
export type Fix = NonNullable<Reason['action']>;

export const stuckQuery = (orderId: string) =>
  queryOptions({
    ...about(orderId, own.read('/api/orders/{orderId}/stuck', { params: { path: { orderId } } })),
    refetchInterval: ({ state: { data } }) => nextLookMs(data, Date.now()),
  });
