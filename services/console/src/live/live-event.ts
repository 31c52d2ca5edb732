import { allStores, type Event } from '@orderbus/contracts';

/** An event as an open page hears of it: what has happened to what, and nothing of a buyer. The page asks the owner for the rest. */
export interface LiveEvent {
  readonly id: string;
  readonly type: string;
  readonly tenant: string;
  readonly aggregateId: string;
  /** The order that it is about, where it is about one. */
  readonly orderId?: string;
  readonly at: string;
}

export const liveEventOf = ({ id, type, tenant, aggregateId, occurredAt, data }: Event): LiveEvent => {
  const orderId = orderIdOf(type, aggregateId, data);
  return { id, type, tenant, aggregateId, ...(orderId === undefined ? {} : { orderId }), at: occurredAt };
};

/** Whoever is limited to some stores hears of these, and of what belongs to no store alone. */
export const concerns = ({ tenant }: LiveEvent, stores: '*' | readonly string[]): boolean =>
  stores === '*' || tenant === allStores || stores.includes(tenant);

const orderIdOf = (type: string, aggregateId: string, data: unknown): string | undefined => {
  const { orderId } = data as { readonly orderId?: unknown };
  if (typeof orderId === 'string') return orderId;
  return type.startsWith('order.') ? aggregateId : undefined;
};
