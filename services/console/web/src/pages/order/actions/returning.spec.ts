import { describe, expect, test } from '@jest/globals';
import { bodyOf, draftOf, inCondition, lineOf, reasonOf, returnable, unitsIn } from './returning.ts';

const orderId = '00000000-0000-4000-8000-000000000001';
const line = (lineId: string, shippedAtAmazon = 0) => ({
  ...{ lineId, sku: lineId, title: lineId, quantity: 9, inParcels: 0, left: 0, needsCodes: false, shippedAtAmazon },
});
const parcel = (state: 'packed' | 'shipped' | 'voided', quantity: number) =>
  ({ state, lines: [{ lineId: 'lamp', quantity }] }) as Parameters<typeof returnable>[0]['shipments'][number];

describe('a return', () => {
  test('is of what has left, by our parcels or the word of Amazon, and has not come back before', () => {
    const shipping = {
      lines: [line('lamp', 1), line('rug', 2)],
      shipments: [parcel('shipped', 3), parcel('packed', 4), parcel('voided', 5)],
    };
    const before = [{ lines: [{ lineId: 'lamp', quantity: 1 }] }] as unknown as Parameters<typeof returnable>[1];
    expect(returnable(shipping, before)).toEqual([
      { lineId: 'lamp', quantity: 2 },
      { lineId: 'rug', quantity: 2 },
    ]);
  });

  test('begins with all of it, unopened and back onto the shelf; damaged units stay off it', () => {
    const draft = draftOf(
      [
        { lineId: 'lamp', quantity: 2 },
        { lineId: 'rug', quantity: 0 },
      ],
      false,
    );
    expect(bodyOf(orderId, draft)).toEqual({
      ...{ orderId, reason: 'customer-return', refund: false },
      lines: [{ lineId: 'lamp', quantity: 2, condition: 'unopened', restock: true }],
    });
    const damaged = inCondition(draft, 'lamp', 'damaged');
    expect(bodyOf(orderId, damaged).lines).toEqual([{ lineId: 'lamp', quantity: 2, condition: 'damaged', restock: false }]);
    expect([unitsIn(draft), unitsIn(damaged)]).toEqual([
      { all: 2, restocked: 2 },
      { all: 2, restocked: 0 },
    ]);
  });

  test('of a wrong item is for that reason, unless somebody says another', () => {
    const wrong = inCondition(draftOf([{ lineId: 'lamp', quantity: 1 }], true), 'lamp', 'wrong-item');
    expect(reasonOf(wrong)).toBe('different-item');
    expect(reasonOf({ ...wrong, reason: 'exchange' })).toBe('exchange');
    expect(reasonOf({ ...wrong, quantities: { lamp: 0 } })).toBe('customer-return');
  });

  test('shows what the server finds wrong at the line that it means', () => {
    const body = bodyOf(
      orderId,
      draftOf(
        [
          { lineId: 'lamp', quantity: 0 },
          { lineId: 'rug', quantity: 1 },
        ],
        true,
      ),
    );
    expect([lineOf(body, 'lines.0.quantity'), lineOf(body, 'lines.1.quantity'), lineOf(body, 'orderId')]).toEqual([
      'rug',
      undefined,
      undefined,
    ]);
  });
});
