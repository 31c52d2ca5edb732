import { describe, expect, test } from '@jest/globals';
import { linesOf } from './csv.ts';

describe('the result of a file', () => {
  const file = 'sellerSku,sku\r\nA,MUG\r\n\r\n,CUP\r\n';

  test('has a row for each line that says something, counted as an editor counts', () => {
    expect(linesOf(file, [])).toEqual([
      { line: 2, text: 'A,MUG', wrong: undefined },
      { line: 4, text: ',CUP', wrong: undefined },
    ]);
  });

  test('says of a line all that is wrong with it, by column', () => {
    const mistakes = [
      { field: 'csv.4.sellerSku', message: 'Too small' },
      { field: 'csv.4.sku', message: 'Unknown' },
    ];
    expect(linesOf(file, mistakes).at(-1)).toEqual({ line: 4, text: ',CUP', wrong: 'sellerSku: Too small; sku: Unknown' });
  });

  test('shows the first line when the file as a whole is wrong', () => {
    const [first] = linesOf('a,b\nA,MUG', [{ field: 'csv', message: 'Expected a first line with the columns sellerSku and sku' }]);
    expect(first).toEqual({ line: 1, text: 'a,b', wrong: 'Expected a first line with the columns sellerSku and sku' });
  });
});
