import { queryOptions } from '@tanstack/react-query';
import type { operations } from '../../../api/generated/console.d.ts';
import { own } from '../../../api/services.ts';

export type StuckAnswer = operations['getApiOrdersByOrderIdStuck']['responses'][200]['content']['application/json'];
export type Stuck = NonNullable<StuckAnswer['stuck']>;
export type Reason = Stuck['behind'][number];
export type Fix = NonNullable<Reason['action']>;

export const stuckQuery = (orderId: string) => queryOptions(own.read('/api/orders/{orderId}/stuck', { params: { path: { orderId } } }));
