import type { Order } from '@sp-api-sdk/orders-api-2026-01-01';
import { invalidInput } from '../amazon/amazon-error.ts';
import type { IncludedData } from '../amazon/included-data.ts';
import { overlay } from '../amazon/overlay.ts';
import type { SearchRequest } from '../amazon/search-request.ts';
import type { WorldOrder } from '../world/order.ts';
import type { OrderPage } from '../world/order-book.ts';
import { createRandom } from '../world/random.ts';
import type { Position } from '../world/timeline.ts';
import type { Circumstance, Faults } from './faults.ts';

/** At most so many orders of a page come again on the next one. */
const maxRepeated = 3;

/** @throws AmazonError 400 while a dataset that is asked for is out, as it has happened to a whole region. */
export const demandDatasets = (faults: Faults, included: ReadonlySet<IncludedData>, about: Circumstance): void => {
  const out = faults.take(['dataset-outage'], about, ({ dataset }) => included.has(dataset));
  if (out) throw invalidInput('includedData', [...included].join(','), 'Member must satisfy the constraints of this operation');
};

/** @throws AmazonError 400 when a good page token is refused. */
export const demandPage = (faults: Faults, { page }: SearchRequest, token: unknown, about: Circumstance): void => {
  if (page && faults.take(['token-refused'], about)) throw invalidInput('paginationToken', token, 'The token has expired');
};

/** Does a list show the order yet? getOrder does in any case. */
export const isListed = (faults: Faults, order: WorldOrder, by: SearchRequest['by'], now: number): boolean =>
  (by === 'createdTime' || faults.about('missing-from-list', order).length === 0) &&
  faults.about('late-arrival', order).every(({ lateByMs }) => now >= order.createdTime + lateByMs);

/** The orders of a page, as they are or in another order. */
export const arranged = (faults: Faults, orders: readonly WorldOrder[], about: Circumstance): readonly WorldOrder[] => {
  if (!faults.take(['shuffled'], about)) return orders;
  const random = createRandom(orders.map(({ orderId }) => orderId).join());
  return orders
    .map((order) => ({ order, rank: random.next() }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ order }) => order);
};

/** Where the next page begins: after this one, or a few orders before its end. Every page brings something new all the same. */
export const nextPosition = (faults: Faults, { orders, next }: OrderPage, by: SearchRequest['by'], about: Circumstance) => {
  const last = orders.length - 1;
  const earlier = orders[last - Math.min(maxRepeated, last)];
  return next && earlier && faults.take(['duplicates-across-pages'], about) ? positionOf(earlier, by) : next;
};

/** The order as it is, or with words that no client has heard of. */
export const reworded = (faults: Faults, order: WorldOrder, rendered: Order): Order => {
  const [fault] = faults.about('body-of-unknown-values', order);
  if (!fault) return rendered;
  const { fulfillmentStatus, program } = fault;
  return overlay(rendered, {
    programs: [...(rendered.programs ?? []), program],
    ...(rendered.fulfillment && { fulfillment: { fulfillmentStatus } }),
  }) as Order;
};

const positionOf = (order: WorldOrder, by: SearchRequest['by']): Position => ({ time: order[by], sequence: order.sequence });
