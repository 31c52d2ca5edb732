import { isDeepStrictEqual } from 'node:util';
import { accept, type Decision, refuse } from '@orderbus/contracts';
import { blocked, processingStarted, updated } from './events.ts';
import type { Effect, State } from './lifecycle.ts';
import type { Order, OrderState, StockCommand } from './order.ts';

/** Answers about stock replace each other: the newest counts, whatever the order of arrival. */
export const hearOfStock = (order: Order, command: StockCommand, effect: Effect): Decision<OrderState> => {
  const known = knownStock(order, command);
  if (known === undefined) return refuse('already-done');
  switch (effect) {
    case 'start':
      return start(order, known);
    case 'block': {
      if (order.admitted) return order.state === 'processing' ? accept(known) : start(order, known);
      const waiting: OrderState = { ...known, state: 'blocked' };
      const isSaid = order.state === 'blocked' && isDeepStrictEqual(order.blockReasons, waiting.blockReasons);
      return isSaid ? accept(waiting) : accept(waiting, blocked(order.id, waiting));
    }
    case 'wait': {
      const fresh: OrderState = { ...known, state: 'new' };
      return accept(fresh, updated(order.id, fresh));
    }
    default:
      return accept(known);
  }
};

/** The order with this answer; nothing when a newer one is known. What is only shown has no stock: the answer is to an earlier question. */
export const knownStock = (order: Order, command: StockCommand): OrderState | undefined => {
  if (command.version <= order.stockVersion) return undefined;
  return { ...order, ...(order.viewOnly ? {} : stockOf(command)), stockVersion: command.version };
};

/** Where the stock alone puts an order that has not been shipped. */
export const stateByStock = ({ stock, admitted }: Pick<OrderState, 'stock' | 'admitted'>): State => {
  if (stock === 'reserved' || (stock === 'short' && admitted)) return 'processing';
  return stock === 'short' ? 'blocked' : 'new';
};

const start = (order: Order, known: OrderState): Decision<OrderState> => {
  const processing: OrderState = { ...known, state: 'processing' };
  return accept(processing, processingStarted(order.id, processing));
};

const stockOf = (command: StockCommand): Pick<OrderState, 'stock' | 'blockReasons'> => {
  switch (command.type) {
    case 'stock-reserved':
      return { stock: 'reserved', blockReasons: [] };
    case 'stock-short':
      return { stock: 'short', blockReasons: command.missing };
    case 'stock-released':
      return { stock: 'released', blockReasons: [] };
  }
};
