import { isDeepStrictEqual } from 'node:util';
import { type Actor, accept, type Decision, type NewEvent, refuse } from '@orderbus/contracts';
import { isStrictlyIn } from './admission.ts';
import { blocked, created, processingStarted, reservationDropped, reservationRequested, updated } from './events.ts';
import type { Order, OrderState } from './order.ts';
import { numberOf, seriesOf } from './settings.ts';
import { stateByStock } from './stock.ts';
import type { About, Surroundings } from './surroundings.ts';

/** What is asked at the door besides the order itself. */
export interface Visit {
  /** This may make an order of it: a number can be had. */
  readonly mayEnter: boolean;
  /** Its stock is to be looked for again, although nothing about it has changed: whoever wants that. */
  readonly askedBy?: Actor;
}

/**
 * Something that is no order yet, after something happened to it: it comes in, or it waits outside, with or without units set aside.
 * `before` is how it was here; it says what fulfillment has been asked for already.
 */
export const atTheDoor = (
  before: Order | undefined,
  known: OrderState,
  visit: Visit,
  about: About,
  surroundings: Surroundings,
): Decision<OrderState> => {
  const settings = surroundings.stores.settingsOf(about.tenant);
  if (!settings.importOrders) return onlyShown(before, known, about);
  const wanted: OrderState = { ...known, viewOnly: false };
  if (visit.mayEnter && wanted.cleared && (settings.admission === 'always' || isStrictlyIn(wanted)))
    return comeIn(wanted, about, surroundings);
  const asks = wanted.fulfilledBy === 'merchant' && (wanted.cleared || (settings.reservePending && wanted.amazonStatus === 'pending'));
  return asks ? askForUnits(before, wanted, visit.askedBy, about) : unlessSame(before, wanted);
};

/** It becomes an order, and is at once where its stock, as far as that is known, puts it. */
export const comeIn = (known: OrderState, { id, tenant }: About, { numbers, stores, buyers }: Surroundings): Decision<OrderState> => {
  const settings = stores.settingsOf(tenant);
  const stock = known.fulfilledBy === 'merchant' && known.stockVersion === 0 ? 'waiting' : known.stock;
  const number = settings.numberSource === 'amazon' ? known.amazonOrderId : numberOf(numbers.take(seriesOf(tenant, settings)), settings);
  const customerId = settings.customerAccounts === 'account' ? (buyers.accountOf(id) ?? null) : null;
  const order: OrderState = { ...known, number, customerId, stock, viewOnly: false };
  const first = created(id, order, settings);
  if (order.shippedAtAmazon) {
    // Only `order.updated` says where it stands: without it others would take the order for a new one.
    const complete: OrderState = { ...order, state: 'complete' };
    return accept(complete, first, updated(id, complete));
  }
  const state = stateByStock(order);
  const placed: OrderState = { ...order, state };
  if (state === 'processing') return accept(placed, first, processingStarted(id, placed));
  return state === 'blocked' ? accept(placed, first, blocked(id, placed)) : accept(placed, first);
};

/** Gives its units back, if any were asked for. */
export const withoutUnits = (order: OrderState, { id }: About): { readonly state: OrderState; readonly events: readonly NewEvent[] } =>
  order.stock === 'none'
    ? { state: order, events: [] }
    : { state: { ...order, stock: 'none', blockReasons: [] }, events: [reservationDropped(id, order) as NewEvent] };

const onlyShown = (before: Order | undefined, known: OrderState, about: About): Decision<OrderState> => {
  const { state, events } = withoutUnits({ ...known, viewOnly: true }, about);
  return events.length > 0 ? { state, events } : unlessSame(before, state);
};

const askForUnits = (before: Order | undefined, wanted: OrderState, askedBy: Actor | undefined, { id }: About): Decision<OrderState> => {
  const isNew = wanted.stock === 'none' || !isDeepStrictEqual(before?.lines, wanted.lines);
  const isThere = askedBy === undefined || wanted.stock === 'reserved';
  if (wanted.lines.length === 0 || (!isNew && isThere)) return unlessSame(before, wanted);
  const asked: OrderState = wanted.stock === 'none' ? { ...wanted, stock: 'waiting' } : wanted;
  return accept(asked, reservationRequested(id, asked, askedBy));
};

const unlessSame = (before: Order | undefined, state: OrderState): Decision<OrderState> =>
  before !== undefined && isDeepStrictEqual(before, state) ? refuse('already-done') : accept(state);
