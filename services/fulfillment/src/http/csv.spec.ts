import { describe, expect, test } from '@jest/globals';
import { AppError } from '@orderbus/kernel';
import { z } from 'zod';
import { parseTable, problemsInWords } from './csv.ts';

const columns = {
  sku: z.string({ error: 'Missing' }).max(10),
  onHand: z.coerce.number({ error: 'Not a number' }).int(),
  title: z.string().optional(),
};

const read = async (file: string | Buffer, { maxRows = 100, batchSize = 1_000 } = {}) => {
  const batches = [];
  for await (const batch of parseTable(Buffer.from(file as string), columns, { maxRows, batchSize })) batches.push(batch);
  return batches;
};
const values = async (file: string) => (await read(file)).flat().map((row) => row.values ?? row.problems);
const refusal = async (file: string | Buffer, options = {}) =>
  read(file, options).then(
    () => 'was read',
    (error: AppError) => (error.details.errors as { field: string; message: string }[]).map(({ field, message }) => `${field}: ${message}`),
  );

describe('a table', () => {
  test.each([
    ['commas', 'sku,onHand\nLAMP,3\n'],
    ['semicolons', 'sku;onHand\nLAMP;3\n'],
    ['tabs', 'sku\tonHand\nLAMP\t3\n'],
    ['a byte order mark and line ends of Windows', '\uFEFFsku,onHand\r\nLAMP,3\r\n'],
    ['names of columns in capitals, with blanks', 'ON HAND;Sku\n3;LAMP'],
    ['a separator of another kind within a quoted name', '"on-hand",sku\n3,LAMP'],
  ])('may have %s', async (_, file) => {
    expect(await values(file)).toEqual([{ sku: 'LAMP', onHand: 3 }]);
  });

  test('may have separators, quotation marks and line breaks within quoted cells', async () => {
    expect(await values('sku,onHand,title\nLAMP,3,"Lamp, 12"" tall\nand blue"\nCUP,1,5" cup\n')).toEqual([
      { sku: 'LAMP', onHand: 3, title: 'Lamp, 12" tall\nand blue' },
      { sku: 'CUP', onHand: 1, title: '5" cup' },
    ]);
  });

  test('has rows that are wrong each for itself, counted as a spreadsheet counts them', async () => {
    const rows = (await read('sku,onHand\nLAMP,three\n\n,4\nCUP,5\nDESK,6,,blue\n')).flat();
    expect(rows.map(({ row, text, values, problems }) => [row, text.sku, values?.onHand ?? problemsInWords(problems ?? [])])).toEqual([
      [2, 'LAMP', 'onHand: Not a number'],
      [4, undefined, 'sku: Missing'],
      [5, 'CUP', 5],
      [6, 'DESK', '4 cells for 2 columns'],
    ]);
  });

  test('comes in batches', async () => {
    const file = `sku,onHand\n${Array.from({ length: 5 }, (_, n) => `S${n},1`).join('\n')}`;
    expect((await read(file, { batchSize: 2 })).map((batch) => batch.map(({ row }) => row))).toEqual([[2, 3], [4, 5], [6]]);
  });
});

describe('what is no table', () => {
  test.each([
    ['an unknown column', 'sku,onHand,colour\nLAMP,3,blue', ['colour: Unknown: sku, onHand, title']],
    ['a column that stands twice', 'sku,onHand,SKU\nLAMP,3,CUP', ['sku: Twice']],
    ['a column that is missing', 'sku\nLAMP', ['onHand: Missing: this column is needed']],
    ['nothing', '', ['file: Empty: the first row has to name the columns']],
    ['a quotation mark that is not closed', 'sku,onHand\n"LAMP,3\nCUP,4\n', ['file: Row 2 cannot be read: a quotation mark is not closed']],
  ])('is refused by name: %s', async (_, file, problem) => {
    expect(await refusal(file)).toEqual(problem);
  });

  test('is a file in another encoding, or one that is too long: nothing of it is read', async () => {
    expect(await refusal(Buffer.from('sku,onHand\nL\xc4MP,3', 'latin1'))).toEqual(['file: Not in UTF-8: save it as "CSV UTF-8"']);
    expect(await refusal('sku,onHand\nA,1\nB,1\nC,1\n', { maxRows: 2 })).toEqual(['file: More than 2 rows: send it in parts']);
    expect(await refusal('sku,onHand\nA,1\nB,1\n', { maxRows: 2 })).toBe('was read');
  });

  test('is told as an error of the caller', async () => {
    await expect(read('')).rejects.toThrow(AppError);
  });
});
