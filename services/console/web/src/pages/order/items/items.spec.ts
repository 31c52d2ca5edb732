import { expect, test } from '@jest/globals';
import type { Order, OrderLine, Reservation, Return } from '../facts.ts';
import { itemsOf, taxOf } from './items.ts';

const line = (lineId: string, parts: object = {}): OrderLine => ({ lineId, sku: `SKU-${lineId}`, ...parts }) as OrderLine;

test('each line knows what became of its units, of its stock, and what came back', () => {
  const order = {
    lines: [line('1'), line('2')],
    ledger: [{ lineId: '1', shipped: 2 }],
    blockReasons: [{ sku: 'SKU-2', cause: 'out-of-stock', wanted: 1, available: 0 }],
  } as unknown as Order;
  const reservation = { lines: [{ lineId: '1', reserved: 2 }] } as unknown as Reservation;
  const back = (quantity: number) => ({ lines: [{ lineId: '1', quantity }] }) as unknown as Return;
  expect(itemsOf(order, reservation, [back(1), back(1)])).toMatchObject([
    { units: { shipped: 2 }, returned: 2, stock: { reserved: 2 }, missing: undefined },
    { units: undefined, returned: 0, stock: undefined, missing: { cause: 'out-of-stock' } },
  ]);
});

test('the tax of a line is what was added, or what its prices contain', () => {
  const taxes = { included: true, itemMinor: 160, shippingMinor: 40, giftWrapMinor: 0, discountMinor: -20, otherMinor: 0 };
  expect(taxOf(line('1', { taxes, amounts: { taxMinor: 0 } }))).toBe(180);
  expect(taxOf(line('1', { taxes: { ...taxes, included: false }, amounts: { taxMinor: 175 } }))).toBe(175);
  expect(taxOf(line('1'))).toBeUndefined();
});
