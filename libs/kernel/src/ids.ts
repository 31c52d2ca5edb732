import { v5, v7 } from 'uuid';

/** The namespace of our name-based ids. Changing it would give every known order a second id. */
const namespace = 'b7e5c8a2-3f0d-4b57-9a61-0d9f6f4f2c11';

/** A new id that sorts by time: index pages fill one after the other. */
export const newId = (): string => v7();

/** The least id that `newId` can give at this moment: they begin with their time in milliseconds. */
export const firstIdAt = (at: Date): string => {
  const hex = at.getTime().toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`;
};

/**
 * The order's id, the same for everyone who knows the store and the channel's own number.
 * It makes an order unique by construction: two imports of one Amazon order can only meet in the same row.
 */
export const orderIdOf = (storeId: string, channelOrderId: string): string => v5(`order:${storeId}:${channelOrderId}`, namespace);

/** The id of a document that belongs to an order, e.g. its `invoice`: the same whenever and wherever it is derived, so it cannot be issued twice. */
export const documentIdOf = (orderId: string, document: string): string => v5(document, orderId);

/** The id of what one request brings about: a request that is sent again under the same key finds it there. */
export const requestIdOf = (operation: string, key: string): string => v5(`request:${operation}:${key}`, namespace);
