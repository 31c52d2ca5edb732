import { describe, expect, test } from '@jest/globals';
import { anOrder, totals } from '../../test/orders.ts';
import { aBook } from '../../test/world.ts';
import { type BillingCommand, type BillingStatus, decide, lifecycle, type OrderBilling, totalsDiffer } from './order-billing.ts';

const about = { id: '7d3f6f0e-54a3-5d4b-9d62-0a1b8d0a7c11', tenant: 'store-1' };

const open: BillingCommand = { type: 'open', orderVersion: 1, order: anOrder({ orderId: about.id }) };
const update: BillingCommand = { type: 'update', orderVersion: 2, totals: totals(2_499, 500) };
const cancel: BillingCommand = { type: 'cancel', orderVersion: 3, reason: 'no stock' };
const commands = { open, update, cancel };

const after = (before: OrderBilling | undefined, command: BillingCommand): OrderBilling => {
  const decision = decide(before, command, about, aBook());
  if ('refused' in decision) throw new Error(decision.refused);
  return { ...decision.state, ...about, version: (before?.version ?? 0) + decision.events.length };
};

const opened = (changes: Parameters<typeof anOrder>[0]) => after(undefined, { ...open, order: anOrder(changes) } as BillingCommand);
const states: Record<'unknown' | BillingStatus, OrderBilling | undefined> = {
  unknown: undefined,
  invoiced: after(undefined, open),
  'not-needed': opened({ programs: ['invoice-by-amazon'] }),
  review: opened({ totals: totals(1) }),
  canceled: after(after(undefined, open), cancel),
};

/** What each command leads to: a status with the events that tell of it, or a refusal. */
const table: Record<keyof typeof states, Record<keyof typeof commands, string>> = {
  unknown: { open: 'invoiced + invoice.issued', update: 'too-early', cancel: 'too-early' },
  invoiced: { open: 'already-done', update: 'invoiced', cancel: 'canceled + invoice.canceled' },
  'not-needed': { open: 'already-done', update: 'not-needed', cancel: 'canceled' },
  review: { open: 'already-done', update: 'review', cancel: 'canceled' },
  canceled: { open: 'already-done', update: 'already-done', cancel: 'already-done' },
};

const cells = Object.keys(lifecycle).flatMap((state) => Object.keys(commands).map((command) => [state, command] as const)) as [
  keyof typeof states,
  keyof typeof commands,
][];

describe('billing of an order', () => {
  test.each(cells)('%s: %s', (state, command) => {
    const decision = decide(states[state], commands[command], about, aBook());
    const outcome =
      'refused' in decision ? decision.refused : [decision.state.status, ...decision.events.map((e) => e.definition.type)].join(' + ');
    expect(outcome).toBe(table[state][command]);
  });

  test('derives the id of its invoice, so that it can never be issued a second time under another one', () => {
    expect(states.invoiced?.invoiceId).toBe(after(undefined, open).invoiceId);
  });

  test('enters the document with the number that it has taken, and takes none when there is no document', () => {
    const book = aBook();
    decide(undefined, open, about, book);
    decide(undefined, { ...open, order: anOrder({ totals: totals(1) }) } as BillingCommand, about, book);
    expect(book.entered).toMatchObject([{ number: '000000001', tenant: 'store-1', orderId: about.id, totalMinor: 1_999 }]);
    expect(book.nextNumber('store-1')).toBe('000000002');
  });
});

describe('the amount due', () => {
  test('follows the newest totals, whatever comes first', () => {
    const newer: BillingCommand = { type: 'update', orderVersion: 3, totals: totals(1_500) };
    const late = after(states.invoiced, newer);
    expect(decide(late, update, about, aBook())).toEqual({ refused: 'already-done' });
    expect(late).toMatchObject({ dueMinor: 1_500, invoicedMinor: 1_999 });
  });

  test('stays when a snapshot tells no totals', () => {
    expect(decide(states.invoiced, { type: 'update', orderVersion: 2, totals: undefined }, about, aBook())).toEqual({
      refused: 'already-done',
    });
  });

  test('differs from the invoiced one when a tip comes late, and not when Amazon issues the invoice', () => {
    expect(totalsDiffer(after(states.invoiced, update))).toBe(true);
    expect(totalsDiffer(states.invoiced as OrderBilling)).toBe(false);
    expect(totalsDiffer(states['not-needed'] as OrderBilling)).toBe(false);
    expect(totalsDiffer(states.canceled as OrderBilling)).toBe(false);
  });
});
