import { AppError } from '@orderbus/kernel';
import { type FulfilledBy, type FulfillmentStatus, fulfillmentStatuses, type WorldOrder } from './order.ts';
import { sellers } from './sellers.ts';
import { isBefore, type Position, Timeline } from './timeline.ts';

/** Which orders of a seller, in which order, from where on. Both time limits are inclusive. */
export interface OrderQuery {
  readonly sellerId: string;
  readonly by: 'createdTime' | 'lastUpdatedTime';
  readonly from: number;
  readonly to: number;
  /** Orders updated later than this are not visible yet. */
  readonly visibleUntil: number;
  readonly after?: Position | undefined;
  readonly limit: number;
  readonly accepts: (order: WorldOrder) => boolean;
}

export interface OrderPage {
  readonly orders: readonly WorldOrder[];
  /** Where the next page begins; absent on the last one. */
  readonly next?: Position;
}

export interface Census {
  readonly total: number;
  readonly byStatus: Record<FulfillmentStatus, number>;
  readonly bySeller: Record<string, number>;
  readonly byFulfilledBy: Record<FulfilledBy, number>;
}

/** All orders, by id and along their two times. */
export class OrderBook {
  readonly #byId = new Map<string, WorldOrder>();
  readonly #bySequence = new Map<number, WorldOrder>();
  readonly #timelines = new Map<string, Record<OrderQuery['by'], Timeline>>();

  get size(): number {
    return this.#byId.size;
  }

  all(): Iterable<WorldOrder> {
    return this.#byId.values();
  }

  find(orderId: string): WorldOrder | undefined {
    return this.#byId.get(orderId);
  }

  findBySequence(sequence: number): WorldOrder | undefined {
    return this.#bySequence.get(sequence);
  }

  /** @throws AppError `not-found` */
  get(orderId: string): WorldOrder {
    const order = this.find(orderId);
    if (!order) throw new AppError('not-found', 'sandbox.order-unknown', { orderId });
    return order;
  }

  save(order: WorldOrder): void {
    const before = this.#byId.get(order.orderId);
    this.#byId.set(order.orderId, order);
    this.#bySequence.set(order.sequence, order);
    const timelines = this.#timelinesOf(order.sellerId);
    if (!before) timelines.createdTime.add({ time: order.createdTime, sequence: order.sequence });
    if (before?.lastUpdatedTime !== order.lastUpdatedTime) {
      timelines.lastUpdatedTime.add({ time: order.lastUpdatedTime, sequence: order.sequence });
    }
    this.#sweepWhenHalfIsStale(timelines);
  }

  page(query: OrderQuery): OrderPage {
    const start = { time: query.from, sequence: -1 };
    const after = query.after && isBefore(start, query.after) ? query.after : start;
    const orders: WorldOrder[] = [];
    for (const position of this.#timelinesOf(query.sellerId)[query.by].after(after)) {
      if (position.time > query.to) break;
      const order = this.#bySequence.get(position.sequence);
      const current = order && order[query.by] === position.time && order.lastUpdatedTime <= query.visibleUntil;
      if (!current || !query.accepts(order)) continue;
      if (orders.length === query.limit) return { orders, next: positionOf(orders[orders.length - 1] as WorldOrder, query.by) };
      orders.push(order);
    }
    return { orders };
  }

  census(): Census {
    const byStatus = Object.fromEntries(fulfillmentStatuses.map((status) => [status, 0])) as Record<FulfillmentStatus, number>;
    const bySeller = Object.fromEntries(sellers.map(({ sellerId }) => [sellerId, 0]));
    const byFulfilledBy = { MERCHANT: 0, AMAZON: 0 };
    for (const order of this.all()) {
      byStatus[order.status] += 1;
      bySeller[order.sellerId] = (bySeller[order.sellerId] ?? 0) + 1;
      byFulfilledBy[order.fulfilledBy] += 1;
    }
    return { total: this.size, byStatus, bySeller, byFulfilledBy };
  }

  #timelinesOf(sellerId: string): Record<OrderQuery['by'], Timeline> {
    const known = this.#timelines.get(sellerId);
    if (known) return known;
    const fresh = { createdTime: new Timeline(), lastUpdatedTime: new Timeline() };
    this.#timelines.set(sellerId, fresh);
    return fresh;
  }

  #sweepWhenHalfIsStale({ createdTime, lastUpdatedTime }: Record<OrderQuery['by'], Timeline>): void {
    if (lastUpdatedTime.size <= 2 * createdTime.size + 100) return;
    lastUpdatedTime.sweep(({ time, sequence }) => this.#bySequence.get(sequence)?.lastUpdatedTime === time);
  }
}

const positionOf = (order: WorldOrder, by: OrderQuery['by']): Position => ({ time: order[by], sequence: order.sequence });
