import { AmazonStatus, FulfilledBy } from '@orderbus/contracts';
import fc from 'fast-check';
import { decide } from '../src/domain/decide.ts';
import type { Command, Order } from '../src/domain/order.ts';
import { about, aLine, aSnapshot, missing, numbers, rowOf, seen } from './builders.ts';

/** What can happen to an order, in the order in which it happens: each publisher counts its own events from 1. */
export const histories = fc
  .record({
    fulfilledBy: fc.constantFrom(...FulfilledBy.options),
    shown: fc.array(fc.record({ status: fc.constantFrom(...AmazonStatus.options), quantity: fc.integer({ min: 0, max: 3 }) }), {
      minLength: 1,
      maxLength: 6,
    }),
    answers: fc.array(fc.constantFrom('stock-reserved', 'stock-short', 'stock-released'), { maxLength: 4 }),
    invoice: fc.constantFrom<('invoice-issued' | 'invoice-canceled')[]>([], ['invoice-issued'], ['invoice-issued', 'invoice-canceled']),
  })
  .map(({ fulfilledBy, shown, answers, invoice }): Command[] => [
    ...shown.map(({ status, quantity }, n) => seen(aSnapshot({ status, fulfilledBy, lines: [aLine({ quantity })] }), n + 1)),
    ...answers.map(
      (type, n): Command => (type === 'stock-short' ? { type, missing: [missing()], version: n + 1 } : { type, version: n + 1 }),
    ),
    ...invoice.map((type, n): Command => ({ type, number: '000000007', totalMinor: 2600, version: n + 1 })),
  ]);

/** All of it in any order, and some of it again. */
export const arrivals = (history: readonly Command[]) =>
  fc
    .tuple(fc.shuffledSubarray([...history], { minLength: history.length }), fc.subarray([...history]))
    .map(([all, again]) => [...all, ...again]);

/** Plays commands as the broker would: what is too early comes again, after the others. */
export const play = (commands: readonly Command[]): Order | undefined => {
  let order: Order | undefined;
  let waiting = commands;
  for (let turn = 0; turn < 3 && waiting.length > 0; turn++) {
    const early: Command[] = [];
    for (const command of waiting) {
      const decision = decide(order, command, about, numbers);
      if ('state' in decision) order = rowOf(decision.state, (order?.version ?? 0) + decision.events.length);
      else if (decision.refused === 'too-early') early.push(command);
    }
    waiting = early;
  }
  return order;
};

/** Nobody was told of such an order, so nobody answers: whether it gets here this way may depend on what arrives first. */
export const isCanceledUnordered = (order: Pick<Order, 'status' | 'number'> | undefined): boolean =>
  order?.status === 'canceled' && order.number === null;
