import { describe, expect, test } from '@jest/globals';
import { aCommand, aPicture, aShipment, inPrograms, now } from '../../test/a-command.ts';
import type { Command } from './command.ts';
import { nextReference } from './package-references.ts';
import { shipmentKind } from './shipment.ts';
import { confirmShipmentBody, isAsAsked } from './shipment-body.ts';
import type { Picture } from './write-kind.ts';
import type { ShipmentRequest } from './write-request.ts';

const line = '10000000000001';
const check = (picture: Picture, changes: Parameters<typeof aShipment>[0] = {}) => shipmentKind.check(aShipment(changes), picture);
const refusedFor = (code: string, words = expect.any(String) as unknown) => ({ verdict: 'refused', refusal: { code, words } });
const afterALook = (code: string) => ({ verdict: 'send', obstacle: { code, words: expect.any(String) } });

describe('a parcel is refused before Amazon is asked', () => {
  test('pitfall 17: when Amazon ships the order itself', () => {
    expect(check(aPicture({ fulfilledBy: 'amazon' }))).toMatchObject(refusedFor('order.fulfilled-by-amazon'));
  });

  test('pitfall 27: when the buyer fetches the order at the shop', () => {
    const refusal = refusedFor('shipment.in-store-pickup', expect.stringContaining('report that it is ready'));
    expect(check(inPrograms(['in-store-pickup']))).toEqual(refusal);
  });

  test('pitfall 28: when the order is Ship+, whose label Amazon sells', () => {
    expect(check(inPrograms(['fbm-ship-plus']))).toMatchObject(
      refusedFor('shipment.ship-plus', expect.stringContaining('buy its label at Amazon')),
    );
  });

  test('pitfall 29: when a unit lacks its Transparency code, or two units share one', () => {
    const transparency = inPrograms([], ['transparency']);
    const packed = (quantity: number, ...transparencyCodes: string[]) => ({ lines: [{ lineId: line, quantity, transparencyCodes }] });
    const missing = refusedFor('transparency.codes-missing', expect.stringContaining('2 are needed and 1 were given'));
    expect(check(transparency, packed(2, 'AZ:1'))).toMatchObject(missing);
    expect(check(transparency, packed(2, 'AZ:1', 'AZ:1'))).toMatchObject(refusedFor('transparency.code-twice'));
    expect(check(transparency, packed(2, 'AZ:1', 'AZ:2'))).toEqual({ verdict: 'send' });
  });

  test('when the order was sold elsewhere, is canceled, or has no such line', () => {
    expect(check(inPrograms(['non-amazon']))).toMatchObject(refusedFor('order.not-sold-on-amazon'));
    expect(check(aPicture({ status: 'canceled' }))).toMatchObject(refusedFor('order.canceled'));
    expect(check(aPicture(), { lines: [{ lineId: '9', quantity: 1 }] })).toMatchObject(
      refusedFor('line.unknown', expect.stringContaining('no line 9')),
    );
    const twice = [line, line].map((lineId) => ({ lineId, quantity: 1 }));
    expect(check(aPicture(), { lines: twice })).toMatchObject(refusedFor('line.twice'));
  });

  test('when it is said to have left before the order was placed', () => {
    expect(check(aPicture(), { shippedAt: '2026-03-01T09:59:59.000Z' })).toMatchObject(refusedFor('shipment.before-purchase'));
  });
});

describe('the order is read afresh before a parcel is sent or refused', () => {
  test('when it was pending, or its lines are not known', () => {
    expect(check(aPicture({ status: 'pending' }))).toMatchObject(afterALook('order.pending'));
    expect(check(aPicture({ facts: null }))).toMatchObject(afterALook('order.not-read'));
  });

  test('when more is in the parcel than was left to ship; but not when the parcel is only corrected', () => {
    const facts = aPicture().facts;
    const shipped = aPicture({ facts: facts && { ...facts, lines: facts.lines.map((each) => ({ ...each, quantityShipped: 2 })) } });
    expect(check(shipped)).toMatchObject(afterALook('shipment.too-many'));
    expect(check({ ...shipped, earlier: [aCommand({ state: 'done' })] }, { revision: 2 })).toEqual({ verdict: 'send' });
    expect(check(aPicture(), { lines: [{ lineId: line, quantity: 3 }] })).toMatchObject(afterALook('shipment.too-many'));
  });
});

describe('Amazon is not told of a parcel', () => {
  test('whose label was bought at Amazon', () => {
    expect(check(aPicture(), { labelFrom: 'channel' })).toMatchObject({ verdict: 'nothing' });
  });

  test('of which a later revision has been asked', () => {
    const correction = aCommand({ request: { ...aCommand().request, revision: 3 } as Command['request'] });
    expect(check(aPicture({ earlier: [correction] }), { revision: 2 })).toMatchObject({ verdict: 'nothing' });
    expect(check(aPicture({ earlier: [correction] }), { revision: 4 })).toEqual({ verdict: 'send' });
  });
});

describe('the number of a parcel', () => {
  test('is one more than the highest that we or Amazon know', () => {
    expect(nextReference([])).toBe(1);
    expect(nextReference([2, '7', 'label-9', '-3', '1.5'])).toBe(8);
  });
});

describe("a parcel in Amazon's words", () => {
  const request = (changes: Partial<ShipmentRequest> = {}): ShipmentRequest => ({
    kind: 'shipment',
    packageReference: '4',
    ...aShipment(),
    ...changes,
  });
  const body = (changes: Partial<ShipmentRequest> = {}, marketplaceId = 'ATVPDKIKX0DER') =>
    confirmShipmentBody(request(changes), marketplaceId, new Date(now));

  test('has its number as text, its time in UTC, and nothing that was not said', () => {
    expect(body({ shippedAt: '2026-03-02T12:30:00.000+01:00' })).toEqual({
      marketplaceId: 'ATVPDKIKX0DER',
      packageDetail: {
        packageReferenceId: '4',
        carrierCode: 'UPS',
        trackingNumber: '1Z0000000000000001',
        shipDate: '2026-03-02T11:30:00.000Z',
        orderItems: [{ orderItemId: line, quantity: 1 }],
      },
    });
  });

  test('leaves now when a clock that is ahead says later; it is not sent when it is to leave later still', () => {
    expect(body({ shippedAt: '2026-03-02T12:04:00.000Z' })).toMatchObject({ packageDetail: { shipDate: now } });
    expect(shipmentKind.notBefore?.(aShipment({ shippedAt: '2026-03-02T18:00:00.000Z' }))).toBe('2026-03-02T17:55:00.000Z');
  });

  test('has a word for a tracking number that nobody has', () => {
    const { trackingNumber: _, ...untracked } = request();
    expect(confirmShipmentBody(untracked, 'ATVPDKIKX0DER', new Date(now))).toMatchObject({
      packageDetail: { trackingNumber: 'NOTRACKING' },
    });
  });

  test('is paid at the door in Japan only', () => {
    expect(body({ cashOnDelivery: true }, 'A1VC38T7YXB528')).toMatchObject({ codCollectionMethod: 'DirectPayment' });
    expect(body({ cashOnDelivery: true })).not.toHaveProperty('codCollectionMethod');
  });

  test('is known again by its number, its tracking number, its carrier and its content', () => {
    const shown = { reference: '4', carrier: 'ups', trackingNumber: '1Z0000000000000001', lines: [{ lineId: line, quantity: 1 }] };
    const known = (changes: object) => isAsAsked(request(), { ...shown, ...changes }, 'ATVPDKIKX0DER');
    expect([known({}), known({ carrier: undefined })]).toEqual([true, true]);
    expect([
      known({ reference: '5' }),
      known({ trackingNumber: '1Z2' }),
      known({ carrier: 'DHL' }),
      known({ lines: [{ lineId: line, quantity: 2 }] }),
      known({ lines: [] }),
    ]).toEqual([false, false, false, false, false]);
  });
});
