import { queryOptions } from '@tanstack/react-query';
import { own } from '../../../api/services.ts';
import { about } from '../news.ts';
import { nextLookMs } from './next-look.ts';

export const stuckQuery = (orderId: string) =>
  queryOptions({
    ...about(orderId, own.read('/api/orders/{orderId}/stuck', { params: { path: { orderId } } })),
    refetchInterval: ({ state: { data } }) => nextLookMs(data, Date.now()),
  });
