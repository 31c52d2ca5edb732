import { done, order } from '../../../api/services.ts';
import type { OnceKey } from './useChange.ts';

export const hold = (orderId: string, reason: string, header?: OnceKey) =>
  done(
    order.POST('/orders/{orderId}/hold', {
      body: reason.trim() === '' ? {} : { reason: reason.trim() },
      params: { path: { orderId }, ...(header === undefined ? {} : { header }) },
    }),
  );

export const release = (orderId: string, header?: OnceKey) =>
  done(order.POST('/orders/{orderId}/release', { params: { path: { orderId }, ...(header === undefined ? {} : { header }) } }));
