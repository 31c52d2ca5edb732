import { AppError } from '@orderbus/kernel';
import { type Execution, execute, type Item, type Target } from '@orderbus/outbox';
import { every, type Log, type Part } from '@orderbus/service-kit';
import { retryAt } from '../amazon/certainty.ts';
import type { SpApi } from '../amazon/sp-api.ts';
import { type Booking, matchBookings, type Unbooked } from '../domain/booking.ts';
import type { Command, Step } from '../domain/command.ts';
import { refundMinor } from '../domain/refund.ts';
import { claimUnbooked, refundsOf, retryUnbooked, type UnbookedOrder } from '../store/unbooked.ts';
import { withRetries } from './ask-amazon.ts';

export interface BooksOptions {
  readonly execution: Execution;
  readonly ledger: Target<Step>;
  readonly log: Log;
  /** The clients of the stores that are active here. */
  readonly apis: () => ReadonlyMap<string, Pick<SpApi, 'listRefunds'>>;
  /** How long to wait after so many looks; nothing when it is time to give up. */
  readonly patienceMs: (looks: number) => number | undefined;
  readonly pollMs: number;
}

/** Orders that are looked for in one turn: Amazon takes one question in two seconds. */
const mostAtOnce = 5;

/** Looks into Amazon's books for the refunds that it has accepted, and for those of which nobody knows whether it has. */
export const bookReader = (options: BooksOptions): Required<Part> => {
  const { execution, apis, log, pollMs, patienceMs } = options;
  let stopping = new AbortController();
  const turn = async (): Promise<void> => {
    const orders = await claimUnbooked(execution.database, [...apis().keys()], execution.clock.now(), { limit: mostAtOnce, patienceMs });
    await Promise.all(orders.map((order) => readBooks(options, order, stopping.signal)));
  };
  const loop = every(pollMs, turn, { name: "read Amazon's books", log });
  return {
    name: 'books',
    start: async () => {
      stopping = new AbortController();
      await loop.start();
    },
    stop: async () => {
      stopping.abort();
      await loop.stop();
    },
  };
};

/** One order: what its books show settles its refunds. That they do not show one yet says nothing about it. */
const readBooks = async ({ execution, ledger, apis, log }: BooksOptions, order: UnbookedOrder, signal: AbortSignal): Promise<void> => {
  const api = apis().get(order.tenant);
  if (!api) return;
  try {
    const transactions = await withRetries(() => api.listRefunds(order.amazonOrderId, signal), signal);
    const refunds = await refundsOf(execution.database, order.orderId);
    const taken = new Set(refunds.flatMap(({ booking }) => (booking ? [booking.transactionId] : [])));
    const open = new Map(refunds.filter(isOpen).map((command) => [command.id, command]));
    const items = matchBookings([...open.values()].flatMap(unbooked), transactions, taken).flatMap(({ commandId, booking }) => {
      const { state, cause } = open.get(commandId) as Command;
      const steps: Step[] = [...(state === 'unknown' ? [foundIn(booking)] : []), { type: 'book', booking }];
      return steps.map((command): Item<Step> => ({ key: commandId, command, cause }));
    });
    if (items.length > 0) await execute(execution, ledger, items);
  } catch (error) {
    // Looking changes nothing: it is looked again.
    if (!(error instanceof AppError)) throw error;
    log.warn({ err: error, store: order.tenant, orderId: order.orderId }, "Amazon's books could not be read, they are asked again");
    await retryUnbooked(execution.database, order.orderId, retryAt(error, execution.clock.now()));
  }
};

const isOpen = ({ state, booking }: Command): boolean => booking === null && (state === 'done' || state === 'unknown');

/** One in doubt comes after all that Amazon has surely accepted. */
const unbooked = ({ id: commandId, request, state, requestedAt, settledAt }: Command): Unbooked[] => {
  if (request.kind !== 'refund') return [];
  const acceptedAt = state === 'done' ? settledAt : null;
  return [{ commandId, currency: request.currency, amountMinor: refundMinor(request), since: requestedAt, acceptedAt }];
};

const foundIn = ({ transactionId }: Booking): Step => ({
  ...{ type: 'found', code: 'shown.books', words: `Amazon's books show it: transaction ${transactionId}.` },
  facts: { transaction: transactionId },
});
