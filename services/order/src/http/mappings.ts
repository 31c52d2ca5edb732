import { invalidRequest, issueCode } from '@orderbus/service-kit';
import { parseCsv } from 'hucre/csv';
import { z } from 'zod';

const Sku = z.string().trim().min(1).max(100);

export const Mapping = z.strictObject({ sellerSku: Sku.describe('What the store calls it'), sku: Sku.describe('Our product') });
type Mapping = z.output<typeof Mapping>;

/** Each of the store's SKUs stands once. */
export const Mappings = z
  .array(Mapping)
  .min(1)
  .max(5_000)
  .superRefine((items, context) => {
    const seen = new Set<string>();
    items.forEach(({ sellerSku }, n) => {
      if (seen.has(sellerSku)) context.addIssue({ code: 'custom', path: [n, 'sellerSku'], message: 'Twice in this list' });
      seen.add(sellerSku);
    });
  });

/**
 * The mappings in a text of comma- or semicolon-separated values, whose first line names the columns.
 * @throws AppError `request.invalid` naming the lines, as an editor counts them.
 */
export const csvMappings = (csv: string): Mapping[] => {
  const [header = [], ...rows] = parseCsv(csv).map((row) => row.map((cell) => String(cell ?? '').trim()));
  const columns = ['sellerSku', 'sku'].map((name) => header.findIndex((title) => title.toLowerCase() === name.toLowerCase()));
  if (columns.includes(-1)) {
    const message = 'Expected a first line with the columns sellerSku and sku';
    throw invalidRequest([{ field: 'csv', message, code: 'mapping.no-header' }]);
  }
  const items = rows.flatMap((row, n) => (row.every((cell) => cell === '') ? [] : [{ line: n + 2, row }]));
  const [sellerSkuAt, skuAt] = columns as [number, number];
  const read = Mappings.safeParse(items.map(({ row }) => ({ sellerSku: row[sellerSkuAt] ?? '', sku: row[skuAt] ?? '' })));
  if (read.success) return read.data;
  throw invalidRequest(
    read.error.issues.slice(0, 20).map((issue) => {
      const {
        path: [n, column],
        message,
      } = issue;
      const line = typeof n === 'number' ? items[n]?.line : undefined;
      return { field: line === undefined ? 'csv' : `csv.${line}.${String(column)}`, message, ...issueCode(issue) };
    }),
  );
};
