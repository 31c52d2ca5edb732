import { AppError, type Clock } from '@orderbus/kernel';
import type { RequestHandler } from 'express';
import { claimedSeller } from '../amazon/access-token.ts';
import { createRandom, type Random } from '../world/random.ts';
import { failInstead, later, spoilAnswer } from './fault-effects.ts';
import { type FaultAfter, type FaultKind, type FaultOf, type FaultOrder, kindsAfter, kindsBefore } from './fault-kinds.ts';

/** What a fault may depend on. Something without a seller or an operation is hit only by the faults that name none. */
export interface Circumstance {
  readonly operation?: string;
  readonly sellerId?: string | undefined;
}

/** How a feed ends that does not end well: never, without its effect, or with it. */
export type FeedFate = 'stuck' | 'fatal' | 'fatal-after-effect';

export interface ListedFault {
  readonly id: string;
  readonly kind: FaultKind;
  readonly until?: string;
  /** How often it has struck; orders that it hides or changes for as long as it is on are not counted. */
  readonly hits: number;
}

/** All faults that are on. Any number at once; of those that decide about one request, the oldest counts. */
export class Faults {
  readonly #clock: Clock;
  readonly #seed: number;
  readonly #operations = new Set<string>();
  #standing: Standing[] = [];
  #count = 0;

  constructor(clock: Clock, seed: number) {
    this.#clock = clock;
    this.#seed = seed;
  }

  get all(): ListedFault[] {
    return this.#on().map(listed);
  }

  /** @throws AppError `invalid` for an operation that nothing here is called. */
  begin(order: FaultOrder): ListedFault {
    for (const [index, operation] of ('operations' in order ? (order.operations ?? []) : []).entries()) {
      if (!this.#operations.has(operation)) throw unknownOperation(index, [...this.#operations]);
    }
    this.#count += 1;
    const id = `fault-${this.#count}`;
    const key = `${this.#seed}/${id}`;
    const until = order.forMs === undefined ? undefined : this.#clock.now().getTime() + order.forMs;
    const standing: Standing = { id, order, key, random: createRandom(key), until, hits: 0 };
    this.#standing = [...this.#standing, standing];
    return listed(standing);
  }

  /** @throws AppError `not-found` */
  end(id: string): void {
    const rest = this.#standing.filter((standing) => standing.id !== id);
    if (rest.length === this.#standing.length) throw new AppError('not-found', 'sandbox.fault-unknown', { id });
    this.#standing = rest;
  }

  clear(): void {
    this.#standing = [];
    this.#count = 0;
  }

  /** Stands before an operation: fails it, delays it, or lets it happen and spoils its answer. */
  guard(operation: string): RequestHandler {
    this.#operations.add(operation);
    return (request, response, next) => {
      response.locals.operation = operation;
      if (this.#standing.length === 0) return next();
      const about = { operation, sellerId: claimedSeller(request.get('x-amz-access-token')) };
      const slow = this.take(['slow'], about);
      const fault = this.take(kindsBefore, about);
      if (!fault) spoilAnswer(response, (possible) => this.take<FaultAfter['kind']>(kindsAfter, about, possible));
      later(response, slow?.delayMs, () => (fault ? failInstead(response, fault, next) : next()));
    };
  }

  /** Asked once per feed, when its processing begins. */
  feedFate(_feedId: string, sellerId?: string): FeedFate | undefined {
    const fault = this.take(['feeds-stuck', 'feeds-fatal', 'feeds-fatal-after-effect'], { sellerId });
    return fault && feedFates[fault.kind];
  }

  /** The first fault of these kinds that strikes now. It has struck when this returns. */
  take<K extends FaultKind>(
    kinds: readonly K[],
    about: Circumstance,
    applies: (fault: FaultOf<K>) => boolean = () => true,
  ): FaultOf<K> | undefined {
    const isMeant = ({ order }: Standing): boolean =>
      (kinds as readonly FaultKind[]).includes(order.kind) && concerns(order, about) && applies(order as FaultOf<K>);
    const struck = this.#on().find((standing) => isMeant(standing) && strikes(standing));
    if (struck) struck.hits += 1;
    return struck?.order as FaultOf<K> | undefined;
  }

  /** The faults of this kind that concern an order, as long as they are on. */
  about<K extends FaultKind>(kind: K, { orderId, sellerId }: { orderId: string; sellerId: string }): FaultOf<K>[] {
    if (this.#standing.length === 0) return [];
    const chosen = this.#on().filter(
      ({ order, key }) => order.kind === kind && concerns(order, { sellerId }) && isAmong(order, orderId, key),
    );
    return chosen.map(({ order }) => order as FaultOf<K>);
  }

  #on(): Standing[] {
    const now = this.#clock.now().getTime();
    this.#standing = this.#standing.filter((standing) => !isUsedUp(standing) && (standing.until ?? Number.POSITIVE_INFINITY) > now);
    return this.#standing;
  }
}

/** A fault that is on, with what it remembers. */
interface Standing {
  readonly id: string;
  readonly order: FaultOrder;
  /** Its chance: the same seed and the same sequence of faults strike the same requests. */
  readonly key: string;
  readonly random: Random;
  readonly until: number | undefined;
  hits: number;
}

const feedFates = { 'feeds-stuck': 'stuck', 'feeds-fatal': 'fatal', 'feeds-fatal-after-effect': 'fatal-after-effect' } as const;

const listed = ({ id, order, until, hits }: Standing): ListedFault => {
  const { forMs: _given, ...rest } = order;
  return { id, ...rest, ...(until !== undefined && { until: new Date(until).toISOString() }), hits };
};

const concerns = (order: FaultOrder, { operation, sellerId }: Circumstance): boolean =>
  (order.sellerId ?? sellerId) === sellerId &&
  (!('operations' in order) || order.operations === undefined || (operation !== undefined && order.operations.includes(operation)));

const strikes = ({ order, random }: Standing): boolean =>
  !('probability' in order) || order.probability === undefined || random.chance(order.probability);

/** By the order's number, not by turns: an order is hidden from every search or from none. */
const isAmong = (order: FaultOrder, orderId: string, key: string): boolean => {
  if (!('share' in order)) return true;
  if (order.orderIds) return order.orderIds.includes(orderId);
  return order.share === 1 || createRandom(`${key}/${orderId}`).chance(order.share);
};

const isUsedUp = ({ order, hits }: Standing): boolean => 'times' in order && order.times !== undefined && hits >= order.times;

const unknownOperation = (index: number, known: readonly string[]): AppError =>
  new AppError('invalid', 'sandbox.bad-input', {
    issues: [{ field: `operations.${index}`, message: `must be one of ${known.join(', ')}` }],
  });
