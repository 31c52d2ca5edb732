import { isDeepStrictEqual } from 'node:util';
import { accept, type Decision, refuse } from '@orderbus/contracts';
import { blocked, canceled, created, processingStarted, updated } from './events.ts';
import { factsOf, looksDifferent } from './facts.ts';
import { type Effect, lifecycle, observed } from './lifecycle.ts';
import type { Command, Facts, InvoiceCommand, ObserveCommand, Order, OrderState, StockCommand } from './order.ts';

/** Which order it is about: also of one that we have not heard of. */
interface About {
  readonly id: string;
  readonly tenant: string;
}

/** The numbers that are still free. */
interface Numbers {
  take(series: string): string;
}

/** The order after the command, with what others are told about it; or why nothing happens. */
export const decide = (order: Order | undefined, command: Command, about: About, numbers: Numbers): Decision<OrderState> => {
  if (command.type === 'observe') return observe(order, command, about, numbers);
  const effect = lifecycle[order?.status ?? 'pending'][command.type];
  if (order === undefined || effect === 'too-early') return refuse('too-early', 'not an order yet');
  if (command.type === 'invoice-issued' || command.type === 'invoice-canceled') return noteInvoice(order, command);
  return hearOfStock(order, command, effect);
};

/** The orders of a store are numbered one after the other. */
export const seriesOf = (tenant: string): string => `order:${tenant}`;

/** Could this snapshot be the one that makes it an order? Then it needs a number. */
export const mayCreate = (command: Command): boolean =>
  command.type === 'observe' && observed[command.snapshot.fulfilledBy].pending[command.snapshot.status].startsWith('create');

/**
 * The facts are those of the newest snapshot. The status is the furthest that any snapshot has taken it, since Amazon does not go back:
 * so an older snapshot that arrives late still counts when the newer one did not say as much (a status that we do not know, for example),
 * and the order of arrival makes no difference.
 */
const observe = (order: Order | undefined, command: ObserveCommand, about: About, numbers: Numbers): Decision<OrderState> => {
  const { snapshot, version } = command;
  const isNews = order === undefined || version > order.amazonVersion;
  const known: OrderState = isNews ? { ...(order ?? unheardOf), ...factsOf(snapshot), amazonVersion: version } : order;
  const effect = observed[snapshot.fulfilledBy][order?.status ?? 'pending'][snapshot.status];
  switch (effect) {
    case 'remember':
      return isNews ? accept(known) : refuse('already-done');
    case 'follow':
      if (!isNews) return refuse('already-done');
      return order !== undefined && looksDifferent(order, known) ? accept(known, updated(about.id, known)) : accept(known);
    case 'dismiss':
      return accept({ ...known, status: 'canceled' });
    case 'create': {
      const order = becomeOrder({ ...known, status: 'new' }, about, numbers);
      return accept(order, created(about.id, order));
    }
    case 'create-complete': {
      // Only `order.updated` says a status: without it others would take the order for a new one.
      const order = becomeOrder({ ...known, status: 'complete' }, about, numbers);
      return accept(order, created(about.id, order), updated(about.id, order));
    }
    case 'complete': {
      const complete: OrderState = { ...known, status: 'complete' };
      return accept(complete, updated(about.id, complete));
    }
    case 'cancel': {
      const gone: OrderState = { ...known, status: 'canceled' };
      return accept(gone, canceled(about.id, gone, cancelReason(order, gone)));
    }
  }
};

/** Answers about stock replace each other: the newest counts, whatever the order of arrival. */
const hearOfStock = (order: Order, command: StockCommand, effect: Effect): Decision<OrderState> => {
  if (command.version <= order.stockVersion) return refuse('already-done');
  const known: OrderState = { ...order, ...stockOf(command), stockVersion: command.version };
  switch (effect) {
    case 'start': {
      const processing: OrderState = { ...known, status: 'processing' };
      return accept(processing, processingStarted(order.id, processing));
    }
    case 'block': {
      const waiting: OrderState = { ...known, status: 'blocked' };
      const isSaid = order.status === 'blocked' && isDeepStrictEqual(order.blockReasons, waiting.blockReasons);
      return isSaid ? accept(waiting) : accept(waiting, blocked(order.id, waiting));
    }
    case 'wait': {
      const fresh: OrderState = { ...known, status: 'new' };
      return accept(fresh, updated(order.id, fresh));
    }
    default:
      return accept(known);
  }
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

const noteInvoice = (order: Order, { type, number, totalMinor, version }: InvoiceCommand): Decision<OrderState> =>
  version <= order.invoiceVersion
    ? refuse('already-done')
    : accept({
        ...order,
        invoiceNumber: number,
        invoiceTotalMinor: totalMinor,
        invoiceCanceled: type === 'invoice-canceled',
        invoiceVersion: version,
      });

const becomeOrder = (state: OrderState, about: About, numbers: Numbers): OrderState => ({
  ...state,
  number: numbers.take(seriesOf(about.tenant)),
  stock: state.fulfilledBy === 'merchant' ? 'waiting' : 'none',
});

const cancelReason = (before: Order | undefined, { cancelRequest }: OrderState): string | undefined => {
  if (before?.status === 'complete') return 'canceled at Amazon after it was shipped';
  if (cancelRequest === null) return undefined;
  return cancelRequest.reason === undefined ? 'the buyer asked for it' : `the buyer asked for it: ${cancelRequest.reason}`;
};

const unheardOf: Omit<OrderState, keyof Facts> = {
  number: null,
  status: 'pending',
  amazonVersion: 0,
  stock: 'none',
  blockReasons: [],
  stockVersion: 0,
  invoiceNumber: null,
  invoiceTotalMinor: null,
  invoiceCanceled: false,
  invoiceVersion: 0,
};
