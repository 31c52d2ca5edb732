import { describe, expect, test } from '@jest/globals';
import { queryOf, searchWordsOf, termsOf } from './search-words.ts';

describe('the words of an order', () => {
  test('are the parts of its codes, what follows from each on, and the words of its titles', () => {
    const line = {
      lineId: '1',
      sku: 'Mug-Blue.7',
      title: 'Café mug & más',
      quantity: 1,
      quantityShipped: 0,
      taxCollectedBy: 'seller',
    } as const;
    expect(searchWordsOf({ amazonOrderId: '111-2223334-5556667', lines: [line] }).toSorted()).toEqual(
      [
        '111',
        '11122233345556667',
        '2223334',
        '22233345556667',
        '5556667',
        '6667',
        '7',
        'blue',
        'blue7',
        'cafe',
        'mas',
        'mug',
        'mugblue7',
      ].toSorted(),
    );
  });
});

describe('a term of a search', () => {
  test.each([
    ['Mug', "'mug':*"],
    ['xl', "'xl'"],
    ['111', "'111'"],
    ['1112', "'1112':*"],
    ['mug-b', "('mugb':* | ('mug' & 'b'))"],
    ['111-222', "('111222':* | ('111' & '222'))"],
    ["o'neil", "('oneil':* | ('o' & 'neil':*))"],
    ['青い', "'青い':*"],
  ])('%s looks for %s', (term, query) => {
    expect(queryOf(term)).toBe(query);
  });

  test('has a letter or a digit', () => {
    expect(termsOf(' blue  - & mug ')).toEqual(['blue', 'mug']);
  });
});
