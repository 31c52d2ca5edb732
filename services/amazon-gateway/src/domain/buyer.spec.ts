import { describe, expect, test } from '@jest/globals';
import type { BuyerData } from '@orderbus/contracts';
import { buyerDataOf, mergeBuyer } from './buyer.ts';

const known: BuyerData = {
  name: 'Ada Example',
  email: 'relay-1@marketplace.example',
  recipient: { name: 'Ada Example', lines: ['1 Sample Road'], city: 'Sampleton', country: 'US', phone: '000-0000', type: 'residential' },
  gifts: [{ lineId: '1', message: 'Enjoy', wrapLevel: 'classic' }],
  taxRegistrations: [{ number: 'VAT-1', address: { lines: ['1 Sample Road'] } }],
};

describe('what is known about a buyer', () => {
  test('is not overwritten by nothing', () => {
    expect(mergeBuyer(known, undefined)).toBe(known);
    expect(mergeBuyer(known, {})).toEqual(known);
    expect(mergeBuyer(undefined, known)).toBe(known);
    expect(mergeBuyer(undefined, undefined)).toBeUndefined();
  });

  test('outlasts the phone number, the street, the gift message and the registered address that Amazon stops showing', () => {
    const { phone: _, ...withoutPhone } = known.recipient ?? {};
    expect(mergeBuyer(known, { ...known, recipient: withoutPhone })).toEqual(known);
    expect(mergeBuyer(known, { recipient: { city: 'Sampleton', country: 'US' } })).toEqual(known);
    expect(mergeBuyer(known, { gifts: [{ lineId: '1', wrapLevel: 'classic' }] })).toEqual(known);
    expect(mergeBuyer(known, { taxRegistrations: [{ number: 'VAT-1' }] })).toEqual(known);
  });

  test('is replaced as a whole by a whole new address: nobody lives half here, half there', () => {
    const recipient = { name: 'Bo Example', lines: ['2 Other Road'], country: 'CA' };
    expect(mergeBuyer(known, { recipient })?.recipient).toEqual(recipient);
  });

  test('has one text, however often it is merged', () => {
    const { phone: _, ...withoutPhone } = known.recipient ?? {};
    const once = mergeBuyer(known, { recipient: withoutPhone, name: 'Ada Example' });
    expect(JSON.stringify(once)).toBe(JSON.stringify(known));
    expect(JSON.stringify(mergeBuyer(once, { email: known.email ?? '' }))).toBe(JSON.stringify(known));
  });
});

describe('buyer data', () => {
  test.each([
    ['pending', undefined, 'not-yet'],
    ['canceled', undefined, 'not-yet'],
    ['unknown', undefined, 'not-yet'],
    ['unshipped', undefined, 'withheld'],
    ['partially-shipped', undefined, 'withheld'],
    ['shipped', { recipient: { city: 'Sampleton', country: 'US' } }, 'withheld'],
    ['unshipped', { name: 'Ada Example' }, 'present'],
    ['canceled', known, 'present'],
  ] as const)('of an order that is %s, with %j: %s', (status, buyer, expected) => {
    expect(buyerDataOf(status, buyer)).toBe(expected);
  });
});
