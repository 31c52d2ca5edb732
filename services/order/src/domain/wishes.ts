import { isDeepStrictEqual } from 'node:util';
import { accept, type Decision, refuse } from '@orderbus/contracts';
import { ask } from './cancellation.ts';
import { atTheDoor, comeIn } from './door.ts';
import { commented, held, noted, processingStarted, released, retryRequested, statusChanged, tagged } from './events.ts';
import { gateOf, waitsOutside } from './gates.ts';
import type { CommandOf, Hold, Order, OrderState, WishCommand } from './order.ts';
import { renumber } from './renumber.ts';
import type { Statuses, Surroundings } from './surroundings.ts';

/** What people want, where the gate is open; otherwise they are told why not. */
export const grant = (order: Order | undefined, wish: WishCommand, surroundings: Surroundings): Decision<OrderState> => {
  if (order === undefined) return refuse('too-early', 'not an order yet');
  if ('cancellationId' in wish && wish.cancellationId === order.cancellation?.id) return refuse('already-done');
  const gate = gateOf(order, wish.type);
  return gate.allowed ? grantable(order, wish, surroundings) : refuse('not-allowed', gate.why);
};

const grantable = (order: Order, wish: WishCommand, surroundings: Surroundings): Decision<OrderState> => {
  switch (wish.type) {
    case 'hold':
      return hold(order, wish);
    case 'release':
      return release(order, wish);
    case 'request-cancel':
      return ask(order, wish);
    case 'accept-buyer-cancel':
      return ask({ ...order, buyerRequest: 'accepted' }, { ...wish, reason: 'buyer-canceled' });
    case 'decline-buyer-cancel':
      return decline(order, wish);
    case 'comment':
      return accept(order, commented(order.id, order, wish));
    case 'set-status':
      return setStatus(order, wish, surroundings.statuses);
    case 'set-note':
      return changed(order, { ...order, note: wish.note }, (after) => noted(order.id, after, wish.actor));
    case 'set-tags':
      return changed(order, { ...order, tags: [...new Set(wish.tags)].sort() }, (after) => tagged(order.id, after, wish.actor));
    case 'renumber':
      return renumber(order, wish, surroundings);
    case 'retry':
      return waitsOutside(order)
        ? atTheDoor(order, order, { mayEnter: false, askedBy: wish.actor }, order, surroundings)
        : accept(order, retryRequested(order.id, order, wish.actor));
    case 'admit':
      return waitsOutside(order) ? comeIn({ ...order, admitted: true }, order, surroundings) : admit(order);
  }
};

const hold = (order: Order, { reason, actor }: CommandOf<'hold'>): Decision<OrderState> => {
  const placed: Hold = { cause: 'person', reason: reason ?? null, by: actor, state: order.state, status: order.status };
  return accept({ ...order, hold: placed }, held(order.id, order, placed));
};

const release = (order: Order, { actor }: CommandOf<'release'>): Decision<OrderState> => {
  const free = freed(order);
  return accept(free, released(order.id, free, actor));
};

/** The hold that the request brought ends; one that a person placed stays. */
const decline = (order: Order, { actor }: CommandOf<'decline-buyer-cancel'>): Decision<OrderState> => {
  const answered: Order = { ...order, buyerRequest: 'declined' };
  if (order.hold?.cause !== 'buyer-cancel-request') return accept(answered);
  const free = freed(answered);
  return accept(free, released(order.id, free, actor));
};

const setStatus = (order: Order, { status, actor }: CommandOf<'set-status'>, statuses: Statuses): Decision<OrderState> => {
  const state = statuses.stateOf(status);
  if (state !== order.state)
    return refuse('not-allowed', state === undefined ? `there is no status ${status}` : `${status} is a status of ${state} orders`);
  return changed(order, { ...order, status }, (after) => statusChanged(order.id, after, order.status, actor));
};

/** It is processed with what there is. Its stock is still looked for. */
const admit = (order: Order): Decision<OrderState> => {
  const admitted: OrderState = { ...order, admitted: true, state: 'processing' };
  return accept(admitted, processingStarted(order.id, admitted));
};

const changed = (order: Order, after: OrderState, event: (after: OrderState) => Parameters<typeof accept>[1]): Decision<OrderState> =>
  isDeepStrictEqual(order, after) ? refuse('already-done') : accept(after, event(after));

const freed = (order: Order): Order =>
  order.hold === null ? order : { ...order, state: order.hold.state, status: order.hold.status, hold: null };
