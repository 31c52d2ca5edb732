import type { BatchHandler, Delivery } from './port.ts';
import { type Deed, settle } from './settle.ts';

/** A delivery as a broker received it, and what keeps it from being handled at all. */
export interface Received {
  readonly delivery: Delivery;
  readonly fault?: string | undefined;
}

export const unidentified = 'message without id or type';

export const tooLarge = (body: Buffer, maxBodyBytes: number): string | undefined =>
  body.length > maxBodyBytes ? 'message too large' : undefined;

/**
 * When the next batch begins, unless it is full before: the one that ended now, and had begun then, is followed by a pause as long as itself,
 * `mostMs` at most. So batches grow where the machine is busy, and nobody waits where it is not.
 */
export const nextBatchAt = (begunAt: number, mostMs: number): number => {
  const now = performance.now();
  return now + Math.min(now - begunAt, mostMs);
};

/** Lets the handler decide about those without a fault; the others are parked. One deed for each, at its index. */
export const decideBatch = async (
  handler: BatchHandler,
  received: readonly Received[],
  retryDelaysMs: readonly number[],
): Promise<readonly Deed[]> => {
  const sound = received.filter(({ fault }) => fault === undefined);
  const settlements = sound.length > 0 ? await handler(sound.map(({ delivery }) => delivery)) : [];
  if (settlements.length !== sound.length) throw new Error(`${settlements.length} settlements for ${sound.length} deliveries`);
  const next = settlements.values();
  return received.map(({ delivery, fault }) => {
    const settlement = fault === undefined ? next.next().value : undefined;
    return settle(delivery.attempt, settlement ?? { fate: 'park', reason: fault ?? 'not settled' }, retryDelaysMs);
  });
};
