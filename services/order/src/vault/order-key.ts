import { generateKey, type KeyRing, keyRing } from '@orderbus/service-kit';

/** What is sealed with an order's key: one cannot be taken for the other. */
type Part = 'buyer' | 'correction';

/** The key of one order's contents. Without its wrapped text nothing that it sealed can be read any more. */
export interface OrderKey {
  /** The key, sealed with the ring. */
  readonly wrapped: string;
  seal(content: unknown, part: Part): string;
  open(sealed: string, part: Part): unknown;
}

/** The key that was wrapped, or a new one where there is none. @throws AppError `sealing.…`, without anything of the key. */
export const orderKey = (ring: KeyRing, orderId: string, wrapped: string | null): OrderKey => {
  const key = wrapped === null ? generateKey() : (ring.open(wrapped, keyContextOf(orderId)) as string);
  const own = keyRing(`order:${key}`);
  return {
    wrapped: wrapped ?? ring.seal(key, keyContextOf(orderId)),
    seal: (content, part) => own.seal(content, `${part}:${orderId}`),
    open: (sealed, part) => own.open(sealed, `${part}:${orderId}`),
  };
};

/** For what an order's key is sealed. */
export const keyContextOf = (orderId: string): string => `buyer-key:${orderId}`;
