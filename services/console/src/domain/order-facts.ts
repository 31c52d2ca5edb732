import {
  AmazonOrderImported,
  AmazonOrderUpdated,
  type Event,
  type EventDefinition,
  OrderBlocked,
  OrderCanceled,
  OrderClosed,
  OrderCreated,
  OrderHeld,
  OrderProcessingStarted,
  OrderReleased,
  OrderUpdated,
} from '@orderbus/contracts';
import { timeZoneOf } from '@orderbus/kernel';
import { dayOf } from './marketplace-days.ts';
import { isOpen, type State } from './states.ts';
import { instant } from './timeline-entry.ts';

/**
 * What the dashboard knows of an order. Each part remembers the version of the event that it is from, so that events may come late, twice and in
 * any order: the newest that was heard of a part counts.
 */
export interface OrderFacts {
  readonly orderId: string;
  readonly tenant: string;
  /** The gateway's version of the snapshot that was heard last; 0: none. */
  readonly amazonVersion: number;
  /** Canceled at Amazon. What becomes of an order, the order service says; what never became one is forgotten. */
  readonly canceledAtAmazon: boolean;
  /** `order.created` was heard: the rest of this block is from it, before that from Amazon's newest snapshot. */
  readonly created: boolean;
  readonly amazonOrderId: string | null;
  readonly marketplaceId: string | null;
  readonly timeZone: string | null;
  readonly purchasedAt: string | null;
  readonly number: string | null;
  readonly numberVersion: number;
  /** Where it stands beneath a hold. */
  readonly beneath: State | null;
  readonly beneathVersion: number;
  readonly heldVersion: number;
  /** When it was last said to be free, or not open any more, which ends a hold as well. */
  readonly freeVersion: number;
  readonly currency: string | null;
  readonly totalMinor: number | null;
  readonly units: number;
  readonly shipBy: string | null;
  readonly contentVersion: number;
}

export const unheardOf = (orderId: string, tenant: string): OrderFacts => ({
  ...{ orderId, tenant, amazonVersion: 0, canceledAtAmazon: false, created: false },
  ...{ amazonOrderId: null, marketplaceId: null, timeZone: null, purchasedAt: null, number: null, numberVersion: 0 },
  ...{ beneath: null, beneathVersion: 0, heldVersion: 0, freeVersion: 0 },
  ...{ currency: null, totalMinor: null, units: 0, shipBy: null, contentVersion: 0 },
});

/** Where it stands; `undefined` for what is neither an order nor about to be one, as far as was heard. */
export const stateOf = ({ created, beneath, heldVersion, freeVersion, amazonVersion, canceledAtAmazon }: OrderFacts): State | undefined => {
  if (!created) return amazonVersion > 0 && !canceledAtAmazon ? 'pending' : undefined;
  if (beneath === null) return undefined;
  return isOpen(beneath) && heldVersion > freeVersion ? 'held' : beneath;
};

/** The day on which it was bought, by the calendar of its marketplace. */
export const dayOfPurchase = ({ purchasedAt, timeZone }: OrderFacts): string | undefined =>
  purchasedAt === null || timeZone === null ? undefined : dayOf(new Date(purchasedAt), timeZone);

/** The facts after an event; the same ones when it says nothing new about them. */
export const heed = (facts: OrderFacts, event: Event): OrderFacts => {
  if (!isOfOrder(event)) return facts;
  const step = steps.get(event.type);
  return step === undefined ? withNumber(facts, event) : withNumber(step(facts, event), event);
};

/** Is it about an order, and told by the order service or by what it sees at Amazon? */
export const isOfOrder = ({ type }: Pick<Event, 'type'>): boolean => /^(order\.|amazon\.order\.(imported|updated)$)/.test(type);

type Step = (facts: OrderFacts, event: Event) => OrderFacts;

const on = <Data>({ type }: EventDefinition<Data>, step: (facts: OrderFacts, event: Event<Data>) => OrderFacts): [string, Step] => [
  type,
  step as Step,
];

const standsAt = (facts: OrderFacts, beneath: State, version: number): OrderFacts => {
  const known = isOpen(beneath) ? facts : freed(facts, version);
  return version > known.beneathVersion ? { ...known, beneath, beneathVersion: version } : known;
};

const freed = (facts: OrderFacts, version: number): OrderFacts =>
  version > facts.freeVersion ? { ...facts, freeVersion: version } : facts;

type Placed = { readonly amazonOrderId: string; readonly marketplaceId: string; readonly country?: string | undefined };

const placeOf = ({ amazonOrderId, marketplaceId, country, purchasedAt }: Placed & { readonly purchasedAt: string }) => ({
  ...{ amazonOrderId, marketplaceId, timeZone: timeZoneOf(country ?? null), purchasedAt: instant(purchasedAt) },
});

type Content = Pick<Event<typeof OrderUpdated extends EventDefinition<infer Data> ? Data : never>['data'], 'lines' | 'totals' | 'shipBy'>;

const withContent = (facts: OrderFacts, { lines, totals, shipBy }: Content, version: number): OrderFacts => {
  if (version <= facts.contentVersion) return facts;
  return {
    ...facts,
    currency: totals?.currency ?? null,
    totalMinor: totals?.grandTotalMinor ?? null,
    units: lines.reduce((sum, { quantity }) => sum + quantity, 0),
    shipBy: shipBy?.to === undefined ? null : instant(shipBy.to),
    contentVersion: version,
  };
};

type Snapshot = typeof AmazonOrderImported extends EventDefinition<infer Data> ? Data : never;

const seen = (facts: OrderFacts, { data, aggregateVersion }: Event<Snapshot>): OrderFacts => ({
  ...facts,
  ...(facts.created || aggregateVersion <= facts.amazonVersion ? {} : placeOf(data)),
  amazonVersion: Math.max(facts.amazonVersion, aggregateVersion),
  canceledAtAmazon: facts.canceledAtAmazon || data.status === 'canceled',
});

const steps = new Map<string, Step>([
  on(AmazonOrderImported, seen),
  on(AmazonOrderUpdated, seen),
  on(OrderCreated, (facts, { data, aggregateVersion }) =>
    withContent(standsAt({ ...facts, ...placeOf(data), created: true }, 'new', aggregateVersion), data, aggregateVersion),
  ),
  on(OrderUpdated, (facts, { data, aggregateVersion }) =>
    withContent(standsAt(facts, data.status, aggregateVersion), data, aggregateVersion),
  ),
  on(OrderProcessingStarted, (facts, { aggregateVersion }) => standsAt(facts, 'processing', aggregateVersion)),
  on(OrderBlocked, (facts, { aggregateVersion }) => standsAt(facts, 'blocked', aggregateVersion)),
  on(OrderCanceled, (facts, { aggregateVersion }) => standsAt(facts, 'canceled', aggregateVersion)),
  on(OrderClosed, (facts, { aggregateVersion }) => standsAt(facts, 'closed', aggregateVersion)),
  on(OrderHeld, (facts, { aggregateVersion }) => ({ ...facts, heldVersion: Math.max(facts.heldVersion, aggregateVersion) })),
  on(OrderReleased, (facts, { data, aggregateVersion }) => freed(standsAt(facts, data.state, aggregateVersion), aggregateVersion)),
]);

/** Every event of the order service names the order as it is called by then. */
const withNumber = (facts: OrderFacts, { data, aggregateVersion }: Event): OrderFacts => {
  const { number } = data as { readonly number?: unknown };
  return typeof number === 'string' && aggregateVersion > facts.numberVersion
    ? { ...facts, number, numberVersion: aggregateVersion }
    : facts;
};
