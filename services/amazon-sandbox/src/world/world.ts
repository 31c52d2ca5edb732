import { AppError, type Clock } from '@orderbus/kernel';
import { Agenda } from './agenda.ts';
import { type OrderWish, placeFor, settle } from './birth.ts';
import type { Circumstances } from './circumstances.ts';
import { planFuture } from './future.ts';
import { generateOrder } from './generate.ts';
import { allows, changesTo, evolve } from './lifecycle.ts';
import type { Marketplace } from './marketplaces.ts';
import type { Canceller, Change, FulfillmentStatus, WorldOrder } from './order.ts';
import { OrderBook } from './order-book.ts';
import type { WorldPart } from './part.ts';
import { withParticulars } from './particulars.ts';
import { createRandom, type Random } from './random.ts';
import type { Seller } from './sellers.ts';
import { withTransit } from './shipping.ts';

/** Everything about a world that is not an order. With the orders, enough to go on later. */
export interface WorldState {
  readonly seed: number;
  readonly epoch: number;
  readonly sequence: number;
  readonly ordersPerMinute: number;
}

export interface WorldListener {
  saved(order: WorldOrder): void;
  reset(): void;
}

export interface WorldConfig {
  readonly seed: number;
  readonly ordersPerMinute: number;
  readonly initialOrders: number;
  /** How many of the orders are sold through another channel than Amazon. */
  readonly nonAmazonShare?: number;
}

const dayMs = 86_400_000;

/** The sellers' world: orders arrive and live. Nothing in it moves but `advance`, and whoever looks at it advances it first. */
export class World {
  readonly #clock: Clock;
  readonly #listener: WorldListener;
  readonly #nonAmazonShare: number;
  /** Does a change of this order move its lastUpdatedTime? At Amazon it sometimes does not. */
  readonly #bumps: (order: WorldOrder) => boolean;
  readonly #parts: WorldPart[] = [];
  #orders = new OrderBook();
  #agenda = new Agenda();
  #state: WorldState;
  #nextArrivalAt = Number.POSITIVE_INFINITY;
  #latest = new Map<string, number>();

  constructor(config: WorldConfig, clock: Clock, listener: WorldListener, bumps: (order: WorldOrder) => boolean = () => true) {
    this.#clock = clock;
    this.#listener = listener;
    this.#bumps = bumps;
    this.#nonAmazonShare = config.nonAmazonShare ?? 0;
    this.#state = { seed: config.seed, epoch: clock.now().getTime(), sequence: 0, ordersPerMinute: config.ordersPerMinute };
  }

  get orders(): OrderBook {
    return this.#orders;
  }

  get state(): WorldState {
    return this.#state;
  }

  join(part: WorldPart): void {
    this.#parts.push(part);
  }

  /** A new world, whose first orders were created during the last day. The same seed and instant give the same world. */
  begin({ initialOrders }: { initialOrders: number }): void {
    this.#state = { ...this.#state, epoch: this.#now() };
    this.#bear(initialOrders);
    this.advance();
  }

  /** The world of an earlier run goes on. It slept: nothing arrived meanwhile. */
  resume(state: WorldState, orders: Iterable<WorldOrder>): void {
    this.#state = state;
    for (const order of orders) this.#place(order);
    this.#scheduleArrival(this.#now());
    this.advance();
  }

  /** Lets everything happen that is due by now, in its order and at its own time. */
  advance(): void {
    const now = this.#now();
    for (;;) {
      const due = Math.min(this.#agenda.nextTime(), this.#nextArrivalAt, ...this.#parts.map((part) => part.nextTime()));
      if (due > now) return;
      const part = this.#parts.find((each) => each.nextTime() === due);
      if (part) part.live();
      else if (this.#nextArrivalAt === due) this.#arrive(due);
      else this.#live();
    }
  }

  /** @throws AppError `invalid` when seller and marketplace do not fit together. */
  create(wish: OrderWish, count: number): WorldOrder[] {
    this.advance();
    const now = this.#now();
    return Array.from({ length: count }, () => this.#born(wish, wish.createdTime ?? now, now));
  }

  /** Changes one order now. Its own plans end: from here on somebody else decides what happens to it. Packages travel on. */
  change(orderId: string, changes: readonly Change[]): WorldOrder {
    this.advance();
    return this.changeAt(orderId, changes, this.#now());
  }

  /** The same, at the moment up to which the world has come. For its parts, while they live. */
  changeAt(orderId: string, changes: readonly Change[], at: number): WorldOrder {
    const before = this.#orders.get(orderId);
    const changed = changes.reduce((order, change) => evolve(order, change, at), before);
    const keepsPlan = changes.every(({ type }) => type === 'lay-over' || type === 'regard-contact');
    const plan = before.plan.filter(({ change }) => keepsPlan || change.type === 'move-package');
    const packed = changes.some((change) => change.type === 'pack');
    return this.#save({ ...changed, plan: packed ? withTransit(before, changed, plan, at) : plan });
  }

  /** @throws AppError `conflict` when no path leads to the status. */
  pathTo(orderId: string, status: FulfillmentStatus, by?: Canceller): Change[] {
    this.advance();
    const order = this.#orders.get(orderId);
    const changes = changesTo(order, status, by);
    if (!changes) throw new AppError('conflict', 'sandbox.order-cannot-change', { orderId, status: order.status, to: status });
    return changes;
  }

  setPace(ordersPerMinute: number): void {
    this.advance();
    this.#state = { ...this.#state, ordersPerMinute };
    this.#scheduleArrival(this.#now());
  }

  /** Forgets everything and begins again. What it shows first counts as updated now, so that a running consumer sees it. */
  reset({ seed, initialOrders }: { seed?: number | undefined; initialOrders: number }): void {
    const now = this.#now();
    this.#state = { ...this.#state, seed: seed ?? this.#state.seed, epoch: now, sequence: 0 };
    this.#orders = new OrderBook();
    this.#agenda = new Agenda();
    this.#latest = new Map();
    this.#listener.reset();
    for (const part of this.#parts) part.reset();
    this.#bear(initialOrders);
    this.advance();
    for (const order of [...this.#orders.all()]) {
      this.#save({ ...order, lastUpdatedTime: Math.max(now, order.lastUpdatedTime) });
    }
  }

  #bear(count: number): void {
    const { epoch } = this.#state;
    for (let index = 0; index < count; index++) {
      const createdTime = Math.floor(epoch - dayMs + (index * dayMs) / count);
      this.#born({}, createdTime, createdTime);
    }
    this.#scheduleArrival(epoch);
  }

  #born(wish: OrderWish, createdTime: number, now: number): WorldOrder {
    const sequence = this.#state.sequence + 1;
    const random = this.#random('order', sequence);
    const { seller, marketplace } = placeFor(random, wish);
    const special = this.#random('particulars', sequence);
    const byChance = special.chance(this.#nonAmazonShare);
    const nonAmazon = wish.channel === undefined ? byChance : wish.channel === 'NON_AMAZON';
    const invented = generateOrder(random, {
      sequence,
      sellerId: seller.sellerId,
      marketplace,
      createdTime,
      ...this.#earlierAt(seller, marketplace),
      ...(nonAmazon && { fulfilledBy: 'AMAZON' }),
      ...(wish.fulfilledBy && { fulfilledBy: wish.fulfilledBy }),
      ...(wish.lines && { lines: wish.lines }),
      ...(wish.programs && { programs: wish.programs }),
      ...(wish.itemPrograms && { itemPrograms: wish.itemPrograms }),
      ...(wish.paymentMethod && { paymentMethod: wish.paymentMethod }),
      ...(wish.fulfillmentStatus === 'PARTIALLY_SHIPPED' && { divisible: true }),
    });
    this.#state = { ...this.#state, sequence };
    const mayBePreorder = wish.fulfillmentStatus === undefined && wish.programs === undefined;
    const order = withParticulars(special, invented, marketplace, {
      mayBePreorder,
      nonAmazon,
      mayBeBilledByAmazon: wish.programs === undefined && !nonAmazon,
    });
    const plan = planFuture(this.#random('future', sequence), order, now);
    const settled = settle({ ...order, plan }, wish.fulfillmentStatus, now);
    const live = wish.live ?? wish.fulfillmentStatus === undefined;
    return this.#save({ ...settled, plan: live ? settled.plan : [], lastUpdatedTime: now });
  }

  /** The latest order at this place, if it is one that can be replaced. */
  #earlierAt(seller: Seller, marketplace: Marketplace): Pick<Circumstances, 'earlier'> {
    const earlier = this.#orders.findBySequence(this.#latest.get(`${seller.sellerId}/${marketplace.id}`) ?? 0);
    const replaceable = earlier && !earlier.replaces && earlier.status !== 'PENDING' && earlier.status !== 'CANCELLED';
    return replaceable ? { earlier } : {};
  }

  #arrive(at: number): void {
    this.#born({}, at, at);
    this.#scheduleArrival(at);
  }

  #live(): void {
    const entry = this.#agenda.take();
    const order = entry && this.#orders.findBySequence(entry.sequence);
    const [step, ...plan] = order?.plan ?? [];
    // An entry that is no longer the order's next step belongs to a plan that was given up.
    if (!entry || !order || step?.at !== entry.time) return;
    const changed = allows(order, step.change) ? evolve(order, step.change, step.at) : order;
    this.#save({ ...changed, plan: withTransit(order, changed, plan, step.at) });
  }

  #save(order: WorldOrder): WorldOrder {
    const before = this.#orders.find(order.orderId);
    const saved = before && !this.#bumps(order) ? { ...order, lastUpdatedTime: before.lastUpdatedTime } : order;
    this.#place(saved);
    this.#listener.saved(saved);
    return saved;
  }

  #place(order: WorldOrder): void {
    this.#orders.save(order);
    const place = `${order.sellerId}/${order.marketplaceId}`;
    this.#latest.set(place, Math.max(order.sequence, this.#latest.get(place) ?? 0));
    const next = order.plan[0];
    if (next) this.#agenda.add({ time: next.at, sequence: order.sequence });
  }

  #scheduleArrival(after: number): void {
    const { ordersPerMinute, sequence } = this.#state;
    const wait = -Math.log(1 - this.#random('arrival', sequence).next()) * (60_000 / ordersPerMinute);
    this.#nextArrivalAt = ordersPerMinute > 0 ? after + Math.ceil(wait) : Number.POSITIVE_INFINITY;
  }

  #random(purpose: string, sequence: number): Random {
    return createRandom(`${this.#state.seed}/${this.#state.epoch}/${purpose}/${sequence}`);
  }

  #now(): number {
    return this.#clock.now().getTime();
  }
}
