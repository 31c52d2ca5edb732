import { AppError } from '@orderbus/kernel';
import type { Execution } from '@orderbus/outbox';
import { readOrder } from '../amazon/read-order.ts';
import type { SpApi } from '../amazon/sp-api.ts';
import { type Dataset, datasetRefused, datasetsWithout } from '../domain/datasets.ts';
import type { Store } from '../domain/store.ts';
import type { Snapshot } from '../domain/translate.ts';
import { commitOrders, type PageTargets, type SeenOrder } from '../store/commit-orders.ts';
import { isRefusedInput, withoutRefused, withRetries } from './ask-amazon.ts';

export interface OrderReading {
  readonly execution: Execution;
  readonly targets: PageTargets;
  readonly committed: (seen: readonly SeenOrder[]) => void;
}

export interface ReadableStore {
  readonly store: Pick<Store, 'id' | 'nonAmazonOrders'>;
  readonly api: Pick<SpApi, 'getOrder'>;
}

export interface FreshOrder {
  /** As Amazon shows it at this moment. */
  readonly snapshot: Snapshot;
  readonly result: 'new' | 'changed' | 'same';
  /** What Amazon refused to show: the snapshot says nothing about it. */
  readonly without: readonly Dataset[];
}

/**
 * One order as Amazon shows it now; what is new about it is imported on the way, whatever its age.
 * @throws AppError `order.not-at-amazon`, `order.unreadable`, `order.not-sold-on-amazon`, or why Amazon could not be asked.
 */
export const readOrderNow = async (
  { execution, targets, committed }: OrderReading,
  { store, api }: ReadableStore,
  amazonOrderId: string,
  signal: AbortSignal,
): Promise<FreshOrder> => {
  const { answer: raw, without } = await ask(api, amazonOrderId, signal);
  const reading = readOrder(raw, store.id, { nonAmazonOrders: store.nonAmazonOrders, without });
  const seen = await commitOrders(execution, targets, { storeId: store.id, orders: [{ raw, reading }] });
  committed(seen);
  const about = { storeId: store.id, amazonOrderId };
  if (reading.kind === 'foreign') throw new AppError('conflict', 'order.not-sold-on-amazon', about);
  if (reading.kind === 'unreadable') throw new AppError('conflict', 'order.unreadable', { ...about, problems: reading.problems });
  const result = seen[0]?.result;
  if (result === 'waiting') throw new AppError('unavailable', datasetRefused, { ...about, without });
  return { snapshot: reading.translation.snapshot, result: result === 'new' || result === 'changed' ? result : 'same', without };
};

/** The fresh picture of an order that is known, for whoever wants to compare it with what he has written. */
export const readBack = async (
  reading: OrderReading,
  store: ReadableStore,
  amazonOrderId: string,
  signal: AbortSignal,
): Promise<Snapshot> => {
  const { snapshot, without } = await readOrderNow(reading, store, amazonOrderId, signal);
  // Nothing is concluded from the absence of what Amazon refuses to show.
  if (without.length > 0) throw new AppError('unavailable', datasetRefused, { amazonOrderId, without });
  return snapshot;
};

const ask = async (api: ReadableStore['api'], amazonOrderId: string, signal: AbortSignal) => {
  const askWithout = (without: readonly Dataset[]) =>
    withRetries(() => api.getOrder(amazonOrderId, datasetsWithout(without), signal), signal);
  try {
    return { answer: await askWithout([]), without: [] };
  } catch (error) {
    if (isRefusedInput(error)) return withoutRefused(askWithout, error);
    if (error instanceof AppError && error.kind === 'not-found')
      throw new AppError(
        'not-found',
        'order.not-at-amazon',
        { amazonOrderId, why: 'Amazon knows no such order of this store' },
        { cause: error },
      );
    throw error;
  }
};
