import { describe, expect, test } from '@jest/globals';
import {
  bodyOf,
  draftOf,
  fieldMoment,
  fieldOf,
  issuesOf,
  type ShipmentDraft,
  unitsBehind,
  unitsIn,
  withFields,
  withoutPackage,
  withPackage,
  withQuantity,
} from './shipment.ts';
import { carrierBy, exampleInstead } from './tracking.ts';

const line = (lineId: string, left: number, needsCodes = false) => ({
  ...{ lineId, sku: lineId, title: lineId, quantity: left, inParcels: 0, shippedAtAmazon: 0 },
  ...{ left, needsCodes },
});
const lamp = line('lamp', 2);
const rug = line('rug', 1);
const orderId = '00000000-0000-4000-8000-000000000001';
const inEach = ({ packages }: ShipmentDraft) => packages.map(({ quantities }) => quantities);

describe('a shipment', () => {
  test('begins with all that is left in one package, by the usual carrier, handed over now', () => {
    const body = bodyOf(orderId, draftOf([lamp, rug], 'UPS', false));
    expect(body).toEqual({
      orderId,
      handedOver: true,
      packages: [
        {
          carrier: 'UPS',
          labelFrom: 'seller',
          lines: [
            { lineId: 'lamp', quantity: 2 },
            { lineId: 'rug', quantity: 1 },
          ],
        },
      ],
    });
  });

  test('in two packages: the second begins with the last product, and goes the same way', () => {
    const draft = withPackage(draftOf([lamp, rug], 'UPS', false));
    expect(inEach(draft)).toEqual([{ lamp: 2, rug: 0 }, { rug: 1 }]);
    expect(draft.packages[1]?.carrier).toBe('UPS');
  });

  test('of one product: the second package begins with one unit of it', () => {
    expect(inEach(withPackage(draftOf([lamp], '', false)))).toEqual([{ lamp: 1 }, { lamp: 1 }]);
    expect(inEach(withPackage(draftOf([rug], '', false)))).toEqual([{ rug: 1 }, {}]);
  });

  test('never ships more than is left: what is too many is taken out of the other packages', () => {
    const draft = withQuantity(withPackage(draftOf([lamp], '', false)), 2, lamp, 2);
    expect(inEach(draft)).toEqual([{ lamp: 0 }, { lamp: 2 }]);
    expect(inEach(withQuantity(draft, 2, lamp, 9))).toEqual([{ lamp: 0 }, { lamp: 2 }]);
    expect(unitsBehind(withQuantity(draft, 2, lamp, 1), [lamp])).toBe(1);
  });

  test('in three packages: one that takes more leaves the last of the others less', () => {
    const three = line('pan', 3);
    const draft = withPackage(withPackage(draftOf([three], '', false)));
    expect(inEach(draft)).toEqual([{ pan: 1 }, { pan: 1 }, { pan: 1 }]);
    expect(inEach(withQuantity(draft, 3, three, 2))).toEqual([{ pan: 1 }, { pan: 0 }, { pan: 2 }]);
  });

  test('a package that is taken away leaves its units to the first', () => {
    const draft = withoutPackage(withPackage(draftOf([lamp, rug], '', false)), 2);
    expect(inEach(draft)).toEqual([{ lamp: 2, rug: 1 }]);
    expect(inEach(withoutPackage(draft, 1))).toEqual(inEach(draft));
  });

  test('names what is missing, package by package', () => {
    const coded = line('watch', 2, true);
    const draft = withFields(withPackage(draftOf([rug, coded], '', false)), 2, { codes: { watch: 'AZ:1' } });
    expect([...issuesOf(withQuantity(draft, 1, rug, 0), [rug, coded])]).toEqual([
      ['packages.0.lines', 'empty'],
      ['packages.0.carrier', 'carrier'],
      ['packages.1.carrier', 'carrier'],
      ['packages.1.codes.watch', 'codes'],
    ]);
    expect([...issuesOf({ ...draft, handedOver: false }, [rug, coded])]).toEqual([]);
    const tooMany = withFields(draft, 2, { codes: { watch: 'a b c' }, carrier: 'UPS' });
    expect(issuesOf(tooMany, [rug, coded]).get('packages.1.codes.watch')).toBe('too-many-codes');
  });

  test('sends what was typed without what is around it, and the moment in UTC', () => {
    const draft = withFields(draftOf([rug], ' DHL ', true), 1, { tracking: ' 00340434161094042557\n', service: '  ' });
    const [sent] = bodyOf(orderId, { ...draft, shippedAt: fieldMoment(new Date('2026-03-04T05:06:00Z')) }).packages;
    expect(sent).toMatchObject({
      carrier: 'DHL',
      trackingNumber: '00340434161094042557',
      labelFrom: 'channel',
      shippedAt: '2026-03-04T05:06:00.000Z',
    });
    expect(sent).not.toHaveProperty('service');
    expect(unitsIn(draft.packages[0] as never)).toBe(1);
  });

  test('what the server says about a line is said at the field of that product', () => {
    const draft = withPackage(draftOf([lamp, rug], '', false));
    expect(fieldOf('packages.1.lines.0.transparencyCodes', draft)).toBe('packages.1.codes.rug');
    expect(fieldOf('packages.0.carrier', draft)).toBe('packages.0.carrier');
  });
});

describe('a tracking number', () => {
  test('tells its carrier where it can be no other', () => {
    expect(carrierBy('1z999aa10123456784')).toBe('UPS');
    expect(carrierBy('9400 1000 0000 0000 0000 00')).toBe('USPS');
    expect(carrierBy('123456789012')).toBeUndefined();
  });

  test('that does not look like one of the carrier is met with an example', () => {
    expect(exampleInstead('ups', '12345')).toBe('1Z 999 AA1 01 2345 6784');
    expect(exampleInstead('UPS', '1Z 999 AA1 01 2345 6784')).toBeUndefined();
    expect(exampleInstead('UPS', '')).toBeUndefined();
    expect(exampleInstead('Somebody', '12345')).toBeUndefined();
  });
});
