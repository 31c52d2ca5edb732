import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  aBeginning,
  after,
  anOpenOrder,
  anOrderWith,
  aShippingLine,
  at,
  by,
  confirm,
  doubt,
  edit,
  orderId,
  pack,
  reject,
  typesOf,
} from '../../../test/parcels.ts';
import type { Command } from './command.ts';
import { decide } from './decide.ts';
import { warningsOf } from './gates.ts';
import type { Obstacle, Shipping } from './order.ts';
import { leftOf } from './quantities.ts';

const fieldsOf = (shipping: Shipping, command: Command): unknown => {
  const step = decide(shipping, command, orderId);
  return 'objection' in step ? step.objection?.errors.map(({ field }) => field) : step;
};
const [parcelOf, retry]: [(shipping: Shipping) => unknown, Command] = [
  ({ parcels }) => parcels[0],
  { type: 'retry', shipmentId: 'p1', ...by },
];

describe('an order', () => {
  test('can be shipped when its stock is set aside, and until then nothing of it leaves', () => {
    const fresh = after(undefined, { type: 'begin', version: 1, order: aBeginning() });
    expect(fresh.order).toMatchObject({ state: 'open', toShip: 2, obstacles: ['stock'] });
    expect(decide(fresh, pack(), orderId)).toMatchObject({ detail: 'Its stock is not set aside.', objection: { code: 'shipping.stock' } });
    expect(typesOf(decide(anOpenOrder(), pack(), orderId))).toEqual(['shipment.dispatched']);
  });

  test.each<[Obstacle, object]>([
    ['hold', { hold: 'hold' }],
    ['buyer-cancel-request', { hold: 'buyer-cancel-request' }],
    ['cancellation', { cancellation: 'cancellation' }],
    ['stock', { stock: 'stock' }],
  ])('that has an obstacle (%s) is not packed, and what is packed does not leave', (obstacle, words) => {
    const stop: Command = { type: 'hear', version: 5, words };
    const code = { objection: { code: `shipping.${obstacle}`, errors: [{ field: 'orderId' }] } };
    expect(decide(after(anOpenOrder(), stop), pack(), orderId)).toMatchObject(code);
    const packed = after(anOrderWith('packed'), stop);
    expect(packed.order.obstacles).toEqual([obstacle]);
    expect(decide(packed, { type: 'hand-over', shipmentId: 'p1', ...by }, orderId)).toMatchObject(code);
  });

  test('that Amazon ships, that is canceled, or that the buyer fetches, has no parcels', () => {
    const codeOf = (shipping: Shipping) => decide(shipping, pack(), orderId);
    expect(codeOf(anOpenOrder({ fulfilledBy: 'amazon' }))).toMatchObject({ objection: { code: 'shipping.amazon-ships' } });
    expect(codeOf(after(anOpenOrder(), { type: 'cancel' }))).toMatchObject({ objection: { code: 'shipping.canceled' } });
    expect(codeOf(anOpenOrder({ programs: ['in-store-pickup'] }))).toMatchObject({ objection: { code: 'shipping.in-store-pickup' } });
    expect(anOpenOrder({ fulfilledBy: 'amazon' }).order).toMatchObject({ state: 'done', toShip: 0 });
  });

  test('has units to ship until they have left; one that Amazon refused has not', () => {
    expect(anOrderWith('packed').order).toMatchObject({ toShip: 2, state: 'open' });
    expect(anOrderWith('told').order.toShip).toBe(1);
    expect(anOrderWith('refused').order.toShip).toBe(2);
    expect(anOrderWith('edit-refused').order.toShip).toBe(1);
    expect(after(anOpenOrder(), pack()).order).toMatchObject({ toShip: 0, state: 'done' });
  });

  test('ends where its facts end, whatever order they come in', () => {
    const lines = (quantity: number, quantityShipped: number) => [aShippingLine('L1', quantity, { quantityShipped })];
    const snapshot = (number: string, quantity: number, shipped: number) => ({
      ...{ number, amazonOrderId: '114-0000000-0000012', lines: lines(quantity, shipped) },
    });
    const facts: Command[] = [
      { type: 'hear', version: 2, words: { stock: 'stock' } },
      { type: 'hear', version: 3, words: { stock: null } },
      { type: 'hear', version: 4, words: { hold: 'hold' } },
      { type: 'follow', version: 5, snapshot: snapshot('000000012', 3, 0), status: 'processing' },
      { type: 'hear', version: 6, words: { hold: null, stock: 'stock' } },
      { type: 'hear', version: 7, words: { cancellation: 'cancellation' } },
      { type: 'renumber', version: 8, number: 'A-12' },
      { type: 'close', version: 9 },
      { type: 'follow', version: 10, snapshot: snapshot('A-12', 2, 1), status: 'blocked' },
    ];
    const begun = after(undefined, { type: 'begin', version: 1, order: aBeginning() });
    const tell = (state: Shipping, command: Command): Shipping => {
      const step = decide(state, command, orderId);
      return 'state' in step ? step.state : state;
    };
    const expected = facts.reduce(tell, begun);
    expect(expected.order).toMatchObject({ number: 'A-12', toShip: 1, obstacles: ['stock', 'cancellation'], state: 'open' });
    fc.assert(
      fc.property(fc.shuffledSubarray(facts, { minLength: facts.length }), fc.shuffledSubarray(facts), (all, again) => {
        expect([...all, ...again].reduce(tell, begun)).toEqual(expected);
      }),
    );
  });

  test('begins before anything else happens to it', () => {
    expect(decide(undefined, confirm(), orderId)).toMatchObject({ refused: 'too-early' });
    expect(decide(undefined, pack(), orderId)).toMatchObject({ objection: { kind: 'not-found' } });
    expect(decide(anOpenOrder(), { type: 'begin', version: 1, order: aBeginning() }, orderId)).toEqual({ refused: 'already-done' });
  });
});

describe('a parcel', () => {
  test('holds all that is left when nobody says what it holds, of what other parcels and Amazon have left', () => {
    const order = anOpenOrder({ lines: [aShippingLine('L1', 5, { quantityShipped: 1 }), aShippingLine('L2', 1)] });
    const one = after(order, pack({ lines: [{ sku: 'SKU-L1', quantity: 1 }] }, false));
    const all = after(one, pack({ shipmentId: 'p2' }));
    expect(all.parcels[1]?.lines).toEqual([
      { lineId: 'L1', quantity: 3 },
      { lineId: 'L2', quantity: 1 },
    ]);
    expect(decide(all, pack({ shipmentId: 'p3' }), orderId)).toMatchObject({
      detail: 'All that is left is in parcels that are packed: hand those over.',
    });
  });

  test('names each field that is wrong', () => {
    const order = anOpenOrder();
    const lines = [
      { lineId: 'L1', quantity: 3 },
      { sku: 'NONE', quantity: 1 },
      { lineId: 'L1', quantity: 1 },
    ];
    expect(fieldsOf(order, pack({ path: 'packages.4', carrier: undefined, shippedAt: '2026-05-04T07:59:00.000Z', lines }))).toEqual([
      ...[
        'packages.4.lines.0.quantity',
        'packages.4.lines.1.sku',
        'packages.4.lines.2.lineId',
        'packages.4.carrier',
        'packages.4.shippedAt',
      ],
    ]);
    expect(fieldsOf(order, pack({ shippedAt: '2026-06-05T09:00:00.000Z' }))).toEqual(['shippedAt']);
  });

  test('is one of several of a request, and each meets what those before it have left', () => {
    const parts = [1, 2].map((n) => ({ shipmentId: `p${n}`, path: `packages.${n}`, labelFrom: 'seller' as const, carrier: 'DHL' }));
    const both = (quantity: number): Command => ({
      ...{ type: 'pack', handedOver: true, ...by },
      packages: parts.map((part) => ({ ...part, lines: [{ lineId: 'L1', quantity }] })),
    });
    expect(fieldsOf(anOpenOrder(), both(2))).toEqual(['packages.2.lines.0.quantity']);
    const shipped = decide(anOpenOrder(), both(1), orderId);
    expect(typesOf(shipped)).toEqual(['shipment.dispatched', 'shipment.dispatched']);
    expect(decide(after(anOpenOrder(), both(1)), both(1), orderId)).toEqual({ refused: 'already-done' });
  });

  test('takes units of a product from each of its lines', () => {
    const order = anOpenOrder({ lines: [aShippingLine('L1', 1, { sku: 'CUP' }), aShippingLine('L2', 2, { sku: 'CUP' })] });
    const transparencyCodes = ['a', 'b', 'c'];
    expect(parcelOf(after(order, pack({ lines: [{ sku: 'CUP', quantity: 3, transparencyCodes }] })))).toMatchObject({
      lines: [
        { lineId: 'L1', quantity: 1, transparencyCodes: ['a'] },
        { lineId: 'L2', quantity: 2, transparencyCodes: ['b', 'c'] },
      ],
    });
  });

  test('of a Transparency line leaves with one code per unit, each on one unit only', () => {
    const order = anOpenOrder({ lines: [aShippingLine('L1', 4, { programs: ['transparency'] })] });
    const coded = (quantity: number, ...transparencyCodes: string[]) => ({ lines: [{ lineId: 'L1', quantity, transparencyCodes }] });
    expect(fieldsOf(order, pack(coded(2, 'AZ:1')))).toEqual(['lines.0.transparencyCodes']);
    expect(fieldsOf(order, pack(coded(2, 'AZ:1', 'AZ:1')))).toEqual(['lines.0.transparencyCodes']);
    const one = after(order, pack(coded(2, 'AZ:1', 'AZ:2')));
    expect(fieldsOf(one, pack({ shipmentId: 'p2', ...coded(1, 'AZ:2') }))).toEqual(['lines.0.transparencyCodes']);
    const packed = after(one, pack({ shipmentId: 'p2', lines: [{ lineId: 'L1', quantity: 1 }] }, false));
    expect(fieldsOf(packed, { type: 'hand-over', shipmentId: 'p2', ...by })).toEqual(['lines.0.transparencyCodes']);
    const scanned = coded(1, 'AZ:3');
    expect(typesOf(decide(packed, { type: 'hand-over', shipmentId: 'p2', ...scanned, ...by }, orderId))).toEqual(['shipment.dispatched']);
  });

  test('of a Ship+ order has its label from Amazon, which is not told again', () => {
    const order = anOpenOrder({ programs: ['fbm-ship-plus'] });
    expect(fieldsOf(order, pack())).toEqual(['labelFrom']);
    expect(parcelOf(after(order, pack({ labelFrom: 'channel' })))).toMatchObject({ state: 'shipped', writeState: 'none' });
  });

  test('that is packed leaves with what the order still wants', () => {
    const packed = after(anOpenOrder(), pack({}, false));
    const handOver: Command = { type: 'hand-over', shipmentId: 'p1', ...by };
    const fewer: Command = {
      type: 'follow',
      version: 3,
      snapshot: { number: '1', amazonOrderId: '114-0000000-0000012', lines: [aShippingLine('L1', 1)] },
      status: 'processing',
    };
    expect(decide(after(packed, fewer), handOver, orderId)).toMatchObject({
      detail: '2 units are asked for, 1 are left.',
      objection: { errors: [{ field: 'lines.0.quantity' }] },
    });
    expect(parcelOf(after(packed, handOver))).toMatchObject({
      state: 'shipped',
      revision: 2,
      shippedAt: at,
      toldAt: at,
      writeState: 'waiting',
    });
  });

  test('that is edited without a change says nothing', () => {
    expect(decide(anOrderWith('told'), edit({ carrier: 'DHL', lines: [{ sku: 'SKU-L1', quantity: 1 }] }), orderId)).toEqual({
      refused: 'already-done',
    });
    expect(fieldsOf(anOrderWith('known'), edit({ lines: [{ lineId: 'L1', quantity: 3 }] }))).toEqual(['lines.0.quantity']);
  });

  test('that Amazon counts already may be corrected to all that was ordered', () => {
    const known = after(anOrderWith('known'), {
      ...{ type: 'follow', version: 3, status: 'processing' },
      snapshot: { number: '1', amazonOrderId: '114-0000000-0000012', lines: [aShippingLine('L1', 2, { quantityShipped: 1 })] },
    });
    expect(parcelOf(after(known, edit({ lines: [{ lineId: 'L1', quantity: 2 }] })))).toMatchObject({ revision: 2, writeState: 'waiting' });
  });

  test('that was voided gives its units back', () => {
    expect(anOrderWith('voided').order.lines.map((line) => leftOf(line, anOrderWith('voided').parcels))).toEqual([2]);
  });
});

describe("Amazon's answer", () => {
  test('is kept with what it answers: a change waits again, and what was accepted before stays visible', () => {
    const edited = after(anOrderWith('known'), edit({ trackingNumber: '2' }));
    expect(parcelOf(edited)).toMatchObject({
      writeState: 'waiting',
      revision: 2,
      writtenRevision: 1,
      acceptedAt: '2026-05-05T09:00:02.000Z',
    });
    expect(parcelOf(after(edited, confirm(2)))).toMatchObject({ writeState: 'accepted', writtenRevision: 2 });
  });

  test('that is older never hides a newer one', () => {
    const [first, second] = [edit({ trackingNumber: '2' }), edit({ trackingNumber: '3' })];
    const changed = after(anOrderWith('told'), first, second);
    expect(parcelOf(after(changed, confirm(3), reject(2)))).toMatchObject({ writeState: 'accepted', writtenRevision: 3 });
    const refused = after(changed, reject(3), confirm(1));
    expect(parcelOf(refused)).toMatchObject({ writeState: 'refused', writtenRevision: 1, packageReference: '1' });
    expect(decide(after(changed, confirm(2)), confirm(1), orderId)).toEqual({ refused: 'already-done' });
    expect(decide(changed, confirm(4), orderId)).toMatchObject({ refused: 'not-allowed' });
  });

  test('of yes stands, when a person has had the refused one sent again', () => {
    for (const answers of [
      [reject(), confirm()],
      [confirm(), reject()],
    ])
      expect(parcelOf(after(anOrderWith('told'), ...answers))).toMatchObject({ writeState: 'accepted' });
  });

  test('of no is tried again as it is, under the next revision', () => {
    const step = decide(anOrderWith('refused'), retry, orderId);
    expect(step).toMatchObject({
      events: [{ data: { shipmentId: 'p1', revision: 2, carrier: 'DHL', lines: [{ lineId: 'L1', quantity: 1 }] } }],
    });
    expect(parcelOf(after(anOrderWith('refused'), retry))).toMatchObject({
      writeState: 'waiting',
      refusal: { words: 'PackageToUpdateNotFound' },
    });
  });

  test('that nobody can tell is about the parcels that were told by then', () => {
    expect(parcelOf(anOrderWith('uncertain'))).toMatchObject({ writeState: 'uncertain', doubt: 'Amazon does not answer.' });
    const before: Command = { ...doubt, since: '2026-05-05T08:00:00.000Z' } as Command;
    expect(decide(anOrderWith('told'), before, orderId)).toEqual({ refused: 'already-done' });
    expect(parcelOf(after(anOrderWith('uncertain'), confirm()))).toMatchObject({ writeState: 'accepted' });
  });
});

describe('what the packer has to know', () => {
  test('is said in words', () => {
    const { order } = anOpenOrder({
      programs: ['fbm-ship-plus'],
      lines: [aShippingLine('L1', 1, { programs: ['transparency', 'cash-on-delivery'], iossNumber: 'IM2760000000' })],
    });
    expect(warningsOf(order).map(({ code }) => code)).toEqual(['ship-plus', 'transparency', 'ioss', 'cash-on-delivery']);
    expect(warningsOf(order)[2]?.words).toBe('Give the IOSS number IM2760000000 to the carrier: the tax is paid.');
    expect(warningsOf(anOpenOrder({ programs: ['in-store-pickup'] }).order)).toMatchObject([{ code: 'in-store-pickup' }]);
  });
});
