import { accept, type Decision, refuse } from '@orderbus/contracts';
import { withAddress } from './address.ts';
import { hearOfCancellation } from './cancellation.ts';
import { hearOfDocument } from './documents.ts';
import { atTheDoor } from './door.ts';
import { orderbus, retryRequested, updated } from './events.ts';
import { looksDifferent } from './facts.ts';
import { type Effect, type FactType, facts, isFact } from './lifecycle.ts';
import { observe } from './observe.ts';
import { observed } from './observed.ts';
import type { Command, CommandOf, Order, OrderState } from './order.ts';
import type { OrderSettings } from './settings.ts';
import { beneath, settle } from './settle.ts';
import { withOurSkus } from './sku.ts';
import { hearOfStock, knownStock } from './stock.ts';
import type { About, Surroundings } from './surroundings.ts';
import { grant } from './wishes.ts';

/**
 * The order after the command, with what others are told about it; or why nothing happens.
 * Facts act on the order as it is beneath a hold; what follows from them by itself is settled afterwards.
 */
export const decide = (order: Order | undefined, command: Command, about: About, surroundings: Surroundings): Decision<OrderState> => {
  const step = isFact(command)
    ? hear(order === undefined ? undefined : beneath(order), command, about, surroundings)
    : grant(order, command, surroundings);
  return 'refused' in step ? step : settle(order, step, about, surroundings.statuses);
};

/** Could this be what makes it an order? Then it needs a number. */
export const mayCreate = (command: Command, { admission }: OrderSettings): boolean => {
  switch (command.type) {
    case 'observe':
      return observed[command.snapshot.fulfilledBy].pending[command.snapshot.status].startsWith('create');
    case 'stock-reserved':
    case 'address-checked':
      return admission === 'strict';
    default:
      return command.type === 'reconsider' || command.type === 'admit';
  }
};

/** The series are locked only for these, since that makes others wait. */
export const mayTakeNumber = (command: Command, settings: OrderSettings): boolean =>
  mayCreate(command, settings) || (command.type === 'renumber' && command.source === 'own');

const hear = (order: Order | undefined, command: CommandOf<FactType>, about: About, surroundings: Surroundings): Decision<OrderState> => {
  const mayEnter = mayCreate(command, surroundings.stores.settingsOf(about.tenant));
  if (command.type === 'observe') return observe(order, command, mayEnter, about, surroundings);
  const effect = facts[command.type][order?.state ?? 'pending'];
  if (order === undefined || effect === 'too-early') return refuse('too-early', 'not an order yet');
  switch (command.type) {
    case 'reconsider':
      return reconsider(order, effect, about, surroundings);
    case 'stock-reserved':
    case 'stock-short':
    case 'stock-released': {
      if (effect !== 'come-in') return hearOfStock(order, command, effect);
      const known = knownStock(order, command);
      return known === undefined ? refuse('already-done') : atTheDoor(order, known, { mayEnter }, about, surroundings);
    }
    case 'address-checked': {
      const known = withAddress(order, command.issues);
      if (known === order) return refuse('already-done');
      return effect === 'come-in' ? atTheDoor(order, known, { mayEnter }, about, surroundings) : accept(known);
    }
    case 'cancellation-accepted':
    case 'cancellation-refused':
      return hearOfCancellation(order, command);
    default:
      return hearOfDocument(order, command);
  }
};

const reconsider = (order: Order, effect: Effect, about: About, surroundings: Surroundings): Decision<OrderState> => {
  const lines = withOurSkus(order.lines, (sellerSku) => surroundings.stores.skuOf(about.tenant, sellerSku));
  const renamed: Order = { ...order, lines };
  if (effect === 'come-in') return atTheDoor(order, renamed, { mayEnter: true, askedBy: orderbus }, about, surroundings);
  if (effect !== 'try-again') return refuse('already-done');
  if (looksDifferent(order, renamed)) return accept(renamed, updated(about.id, renamed));
  return order.state === 'blocked' ? accept(order, retryRequested(about.id, order, orderbus)) : refuse('already-done');
};
