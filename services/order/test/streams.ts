import { AmazonStatus, FulfilledBy } from '@orderbus/contracts';
import fc from 'fast-check';
import { decide } from '../src/domain/decide.ts';
import type { Command, FactCommand, Order } from '../src/domain/order.ts';
import { about, aLine, aSnapshot, missing, rowOf, seen, surroundings } from './builders.ts';

const lineId = '10000000000001';

const shown = fc.record({
  status: fc.constantFrom(...AmazonStatus.options),
  quantity: fc.integer({ min: 0, max: 3 }),
  asksToCancel: fc.boolean(),
});

/** What can happen to an order elsewhere, in the order in which it happens: each publisher counts its own events from 1. */
export const histories = fc
  .record({
    fulfilledBy: fc.constantFrom(...FulfilledBy.options),
    shown: fc.array(shown, { minLength: 1, maxLength: 6 }),
    answers: fc.array(fc.constantFrom('stock-reserved', 'stock-short', 'stock-released'), { maxLength: 4 }),
    invoices: fc.array(
      fc.record({ quantity: fc.option(fc.integer({ min: 1, max: 2 })), end: fc.constantFrom('stands', 'is-canceled', 'is-corrected') }),
      { maxLength: 2 },
    ),
    parcel: fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 2 }),
    refund: fc.option(fc.record({ quantity: fc.integer({ min: 1, max: 3 }), isWhole: fc.boolean(), unshipped: fc.boolean() })),
  })
  .map(({ fulfilledBy, shown, answers, invoices, parcel, refund }): FactCommand[] => [
    ...shown.map(({ status, quantity, asksToCancel }, n) =>
      seen(aSnapshot({ status, fulfilledBy, lines: [aLine({ quantity })], ...(asksToCancel ? { cancelRequested: {} } : {}) }), n + 1),
    ),
    ...answers.map(
      (type, n): FactCommand => (type === 'stock-short' ? { type, missing: [missing()], version: n + 1 } : { type, version: n + 1 }),
    ),
    ...invoices.flatMap(({ quantity, end }, n) => invoiceOf(n, quantity, end)),
    ...parcel.map(
      (quantity, n): FactCommand => ({ type: 'parcel-sent', shipmentId: parcelId, revision: n + 1, lines: [{ lineId, quantity }] }),
    ),
    ...(refund === null ? [] : refundOf(refund)),
  ]);

export const parcelId = '0198c2a4-7000-7000-8000-0000000000e1';
export const refundId = '0198c2a4-7000-7000-8000-0000000000f1';

const invoiceOf = (n: number, quantity: number | null, end: string): FactCommand[] => {
  const lines = quantity === null ? null : [{ lineId, quantity }];
  const document = { documentId: `0198c2a4-7000-7000-8000-0000000001a${n}`, number: `00000000${n + 7}`, totalMinor: 1300 };
  const corrected = { ...document, documentId: `0198c2a4-7000-7000-8000-0000000001c${n}`, totalMinor: 300 };
  return [
    { type: 'invoice-issued', ...document, lines },
    ...(end === 'is-canceled' ? [{ type: 'invoice-canceled', ...document, lines } as const] : []),
    ...(end === 'is-corrected' ? [{ type: 'invoice-corrected', ...corrected, lines: lines ?? [] } as const] : []),
  ];
};

const refundOf = ({ quantity, isWhole, unshipped }: { quantity: number; isWhole: boolean; unshipped: boolean }): FactCommand[] => [
  { type: 'refund-requested', refundId, totalMinor: isWhole ? 2600 : 900, lines: [{ lineId, quantity }], unshipped },
  { type: 'refund-accepted', refundId },
];

/** All of it in any order, and some of it again. */
export const arrivals = (history: readonly Command[]) =>
  fc
    .tuple(fc.shuffledSubarray([...history], { minLength: history.length }), fc.subarray([...history]))
    .map(([all, again]) => [...all, ...again]);

/** Plays commands as the broker would: what is too early comes again, after the others. */
export const play = (commands: readonly Command[], start?: Order, around = surroundings): Order | undefined => {
  let order = start;
  let waiting = commands;
  for (let turn = 0; turn < 3 && waiting.length > 0; turn++) {
    const early: Command[] = [];
    for (const command of waiting) {
      const decision = decide(order, command, about, around);
      if ('state' in decision) order = rowOf(decision.state, (order?.version ?? 0) + decision.events.length);
      else if (decision.refused === 'too-early') early.push(command);
    }
    waiting = early;
  }
  return order;
};

/** Nobody was told of such an order, so nobody answers: whether it gets here this way may depend on what arrives first. */
export const isCanceledUnordered = (order: Pick<Order, 'state' | 'number'> | undefined): boolean =>
  order?.state === 'canceled' && order.number === null;
