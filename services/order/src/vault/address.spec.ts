import { describe, expect, test } from '@jest/globals';
import type { BuyerAddress } from '@orderbus/contracts';
import { addressIssues, tidied, unacceptableFields } from './address.ts';
import { countryRules } from './countries.ts';

const address = (country: string, rest: Partial<BuyerAddress>): BuyerAddress => ({ name: 'A', lines: ['1 Street'], country, ...rest });

/** One right address of each marketplace's country. */
const right: Readonly<Record<string, Partial<BuyerAddress>>> = {
  US: { city: 'San Juan', state: 'pr', postalCode: '00901' },
  CA: { city: 'Ottawa', state: 'ON', postalCode: 'k1a 0b1' },
  MX: { city: 'Puebla', state: 'Puebla', postalCode: '72000' },
  BR: { city: 'São Paulo', state: 'SP', postalCode: '01310-100' },
  IE: { city: 'Galway' },
  ES: { city: 'Madrid', postalCode: '28001' },
  GB: { city: 'London', postalCode: 'sw1a 1aa' },
  FR: { city: 'Paris', postalCode: '75001' },
  BE: { city: 'Gent', postalCode: '9000' },
  NL: { city: 'Utrecht', postalCode: '3511 AA' },
  DE: { city: 'Ulm', postalCode: '89073' },
  IT: { city: 'Roma', postalCode: '00184' },
  SE: { city: 'Lund', postalCode: '222 22' },
  ZA: { city: 'Durban', postalCode: '4001' },
  PL: { city: 'Gdynia', postalCode: '81-300' },
  EG: { city: 'Cairo' },
  TR: { city: 'Bursa', postalCode: '16000' },
  SA: { city: 'Riyadh' },
  AE: { city: 'Dubai', state: 'Dubai' },
  IN: { city: 'Pune', state: 'Maharashtra', postalCode: '411001' },
  SG: { postalCode: '018956' },
  AU: { city: 'Hobart', state: 'tas', postalCode: '7000' },
  JP: { state: 'Tokyo', postalCode: '100-0001' },
};

describe('an address', () => {
  test('is known in its usual form for each country of a marketplace, in small letters too', () => {
    expect(Object.keys(right).sort()).toEqual(Object.keys(countryRules).sort());
    for (const [country, rest] of Object.entries(right))
      expect([country, addressIssues(tidied(address(country.toLowerCase(), rest)))]).toEqual([country, []]);
  });

  test.each(Object.entries(countryRules))('in %s lacks what %j says', (country, { needs }) => {
    expect(addressIssues(address(country, {})).map(({ field }) => field)).toEqual(needs);
  });

  test('elsewhere needs no more than its country', () => {
    expect(addressIssues(address('HK', {}))).toEqual([]);
    expect(addressIssues(address('CH', { postalCode: '123' })).map(({ message }) => message)).toEqual([
      'Invalid postal code: none of Switzerland',
    ]);
  });
});

describe('an address that Amazon shows', () => {
  const us = { name: 'A', lines: ['1 Street'], city: 'Austin', postalCode: '73301', country: 'US' };

  test.each([
    ['TX', 'Texas'],
    ['TX', 'texas'],
    ['TX', 'Tx.'],
    ['NY', 'N.Y.'],
    ['DC', 'District of Columbia'],
  ])('is in %s by the words %j', (code, state) => {
    expect(tidied({ ...us, state }).state).toBe(code);
    expect(unacceptableFields({ ...us, state })).toEqual([]);
  });

  test('in Québec or Victoria is, too; in no state of its country it is not', () => {
    expect(tidied(address('CA', { state: 'Québec' })).state).toBe('QC');
    expect(tidied(address('AU', { state: 'Victoria' })).state).toBe('VIC');
    expect(unacceptableFields({ ...us, state: 'Bavaria' })).toEqual(['state']);
  });

  test('names all fields that are not acceptable, and nothing of what is in them', () => {
    expect(unacceptableFields({ name: 'A', country: 'US', postalCode: '1', state: 'TX', city: 'Austin' })).toEqual(['lines', 'postalCode']);
    expect(unacceptableFields({ lines: ['1 Street'], country: 'XX' })).toEqual(['name', 'country']);
    expect(
      unacceptableFields({ company: 'Example Ltd', lines: ['1 Street'], city: 'Austin', state: 'TX', postalCode: '73301', country: 'US' }),
    ).toEqual([]);
  });

  test('without the person is not judged: Amazon withholds him', () => {
    expect([unacceptableFields(undefined), unacceptableFields({ city: 'Austin', country: 'US' })]).toEqual([null, null]);
  });
});
