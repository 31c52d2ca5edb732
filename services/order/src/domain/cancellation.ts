import { type Actor, accept, type CancelReason, type Decision, type LineQuantity, refuse } from '@orderbus/contracts';
import { canceled, cancellationRefused, cancellationRequested, unitsCanceled } from './events.ts';
import type { Cancellation, CommandOf, Order, OrderState } from './order.ts';
import { toCancel } from './quantities.ts';

interface Question {
  readonly cancellationId: string;
  readonly reason: CancelReason;
  readonly lines?: readonly LineQuantity[] | undefined;
  readonly actor: Actor;
  readonly at: string;
}

/** Asks Amazon, which decides. Without lines, all that is left to be shipped; the order stays where it is until the answer. */
export const ask = (order: Order, { cancellationId: id, reason, lines, actor: by, at }: Question): Decision<OrderState> => {
  const wanted = lines ?? rest(order);
  const tooMany = wanted.find(({ lineId, quantity }) => quantity > left(order, lineId));
  if (tooMany !== undefined)
    return refuse('not-allowed', `line ${tooMany.lineId}: ${left(order, tooMany.lineId)} can be canceled, not ${tooMany.quantity}`);
  const cancellation: Cancellation = {
    ...{ id, at, by, reason, state: 'requested', refusal: null },
    lines: isWhole(order, wanted) ? null : wanted,
  };
  return accept({ ...order, cancellation }, cancellationRequested(order.id, order, cancellation));
};

/**
 * Amazon's answer, and its snapshot that shows what it did, come in any order. A snapshot that is canceled has ended the cancellation
 * already; what is refused after that was refused because there was nothing left to cancel.
 */
export const hearOfCancellation = (
  order: Order,
  command: CommandOf<'cancellation-accepted'> | CommandOf<'cancellation-refused'>,
): Decision<OrderState> => {
  const { cancellation } = order;
  if (cancellation === null || cancellation.id !== command.cancellationId || cancellation.state === 'refused')
    return refuse('already-done');
  if (command.type === 'cancellation-refused') return refused(order, cancellation, command);
  return cancellation.state === 'accepted' ? refuse('already-done') : accepted(order, cancellation);
};

const accepted = (order: Order, cancellation: Cancellation): Decision<OrderState> => {
  const after: OrderState = { ...order, cancellation: { ...cancellation, state: 'accepted' } };
  if (cancellation.lines !== null) return accept(after, unitsCanceled(order.id, after, cancellation));
  const gone: OrderState = { ...after, state: 'canceled' };
  return accept(gone, canceled(order.id, gone, cancellation.reason));
};

const refused = (order: Order, before: Cancellation, { words, said }: CommandOf<'cancellation-refused'>): Decision<OrderState> => {
  const cancellation: Cancellation = { ...before, state: 'refused', refusal: words, ...(said && { said }) };
  const after: OrderState = { ...order, cancellation };
  return order.state === 'canceled' ? accept(after) : accept(after, cancellationRefused(order.id, after, cancellation, words));
};

const left = ({ ledger }: Order, lineId: string): number => {
  const units = ledger[lineId];
  return units === undefined ? 0 : toCancel(units);
};

const rest = (order: Order): LineQuantity[] =>
  Object.keys(order.ledger)
    .map((lineId) => ({ lineId, quantity: left(order, lineId) }))
    .filter(({ quantity }) => quantity > 0);

const isWhole = ({ ledger }: Order, wanted: readonly LineQuantity[]): boolean => {
  const quantities = new Map(wanted.map(({ lineId, quantity }) => [lineId, quantity]));
  return Object.entries(ledger).every(([lineId, { ordered, canceled }]) => (quantities.get(lineId) ?? 0) === ordered - canceled);
};
