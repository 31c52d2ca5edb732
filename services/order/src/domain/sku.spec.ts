import { describe, expect, test } from '@jest/globals';
import { aLine } from '../../test/builders.ts';
import { suggestionsFor, withOurSkus } from './sku.ts';

describe('a line', () => {
  const ours = (sellerSku: string): string => (sellerSku === 'AMZ-MUG' ? 'MUG-BLUE' : sellerSku);

  test('gets our name of what the store sells, and keeps the one of the store', () => {
    expect(withOurSkus([aLine({ sku: 'AMZ-MUG' }), aLine({ sku: 'LAMP' })], ours)).toEqual([
      aLine({ sku: 'MUG-BLUE', sellerSku: 'AMZ-MUG' }),
      aLine({ sku: 'LAMP' }),
    ]);
  });

  test('goes by the name of the store when that is mapped to something else, or to nothing any more', () => {
    const mapped = withOurSkus([aLine({ sku: 'AMZ-MUG' })], ours);
    expect(withOurSkus(mapped, () => 'MUG-RED')).toEqual([aLine({ sku: 'MUG-RED', sellerSku: 'AMZ-MUG' })]);
    expect(withOurSkus(mapped, (sellerSku) => sellerSku)).toEqual([aLine({ sku: 'AMZ-MUG' })]);
  });
});

describe('suggestions', () => {
  const known = ['MUG-BLUE', 'MUG-RED', 'LAMP-OAK-2', 'LAMP-OAK-3', 'POSTER-A2'];
  const skusFor = (sellerSku: string): string[] => suggestionsFor(sellerSku, known).map(({ sku }) => sku);

  test('are our products with a similar name, the likeliest first', () => {
    expect(skusFor('AMZ-MUG-BLUE')).toEqual(['MUG-BLUE']);
    expect(skusFor('oak_lamp_2')[0]).toBe('LAMP-OAK-2');
    expect(skusFor('LAMP-OAK')).toEqual(['LAMP-OAK-2', 'LAMP-OAK-3']);
  });

  test('are certain when only case and separators differ', () => {
    expect(suggestionsFor('mug blue', known)[0]).toEqual({ sku: 'MUG-BLUE', likeness: 1 });
  });

  test('are none when nothing is alike', () => {
    expect([skusFor('XYZ-9'), skusFor('-'), suggestionsFor('MUG', [])]).toEqual([[], [], []]);
  });
});
