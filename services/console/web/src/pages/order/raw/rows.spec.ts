import { describe, expect, test } from '@jest/globals';
import { found, rowsOf } from './rows.ts';

const rows = rowsOf({ status: 'shipped', lines: [{ sku: 'TEA-1', amounts: { itemMinor: 1999 } }], note: null });

describe('raw data', () => {
  test('is shown line by line, what contains something before what is in it', () => {
    expect(rows.map(({ path, depth, value, size }) => [path, depth, value ?? size])).toEqual([
      ['status', 0, '"shipped"'],
      ['lines', 0, 1],
      ['lines[0]', 1, 2],
      ['lines[0].sku', 2, '"TEA-1"'],
      ['lines[0].amounts', 2, 1],
      ['lines[0].amounts.itemMinor', 3, '1999'],
      ['note', 0, 'null'],
    ]);
  });

  test('is found by name and by value, with what contains it', () => {
    expect(found(rows, 'tea').map(({ path }) => path)).toEqual(['lines', 'lines[0]', 'lines[0].sku']);
    expect(found(rows, ' ITEMMINOR ').at(-1)?.path).toBe('lines[0].amounts.itemMinor');
    expect(found(rows, 'coffee')).toEqual([]);
    expect(found(rows, '')).toEqual(rows);
  });
});
