import { inert } from '@orderbus/service-kit';
import { writeCsvStream } from 'hucre/csv';
import { writeXlsxStream } from 'hucre/xlsx';
import type { Cell } from './cells.ts';
import { type FileColumn, headerOf } from './columns.ts';

export const formats = ['csv', 'xlsx'] as const;
export type Format = (typeof formats)[number];

export const contentTypes: Readonly<Record<Format, string>> = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

/** The file, written while its rows are read: its length costs no memory. */
export const writeFile = (
  format: Format,
  names: readonly FileColumn[],
  rows: AsyncIterable<readonly Cell[]>,
): ReadableStream<Uint8Array> => (format === 'csv' ? writeCsv(names, rows) : writeXlsx(names, rows));

/** With a byte order mark: without it Excel takes UTF-8 for something else. */
const writeCsv = (names: readonly FileColumn[], rows: AsyncIterable<readonly Cell[]>): ReadableStream<Uint8Array> =>
  writeCsvStream(mapped(rows, csvValueOf), { headers: headersOf(names), bom: true });

/** A new sheet begins where Excel's sheets end. */
const writeXlsx = (names: readonly FileColumn[], rows: AsyncIterable<readonly Cell[]>): ReadableStream<Uint8Array> =>
  writeXlsxStream(mapped(rows, xlsxValueOf), {
    name: 'Orders',
    columns: names.map((name) => ({ header: headerOf(name), width: 18, ...numberFormats[name] })),
    freezePane: { rows: 1 },
  });

const numberFormats: Partial<Record<FileColumn, { readonly numFmt: string }>> = {
  total: { numFmt: '#,##0.00##' },
  purchasedAt: { numFmt: 'yyyy-mm-dd hh:mm' },
  shipBy: { numFmt: 'yyyy-mm-dd hh:mm' },
  updatedAt: { numFmt: 'yyyy-mm-dd hh:mm' },
};

const headersOf = (names: readonly FileColumn[]): string[] => names.map(headerOf);

const csvValueOf = (cell: Cell): string | number | null => {
  if (cell === null) return null;
  if ('text' in cell) return inert(cell.text);
  if ('count' in cell) return cell.count;
  return 'money' in cell ? cell.money : cell.time;
};

/** A cell of text is no formula, whatever it begins with: the type says so. */
const xlsxValueOf = (cell: Cell): string | number | Date | null => {
  if (cell === null) return null;
  if ('text' in cell) return cell.text;
  if ('count' in cell) return cell.count;
  return 'money' in cell ? Number(cell.money) : new Date(cell.time);
};

async function* mapped<Value>(rows: AsyncIterable<readonly Cell[]>, toValue: (cell: Cell) => Value): AsyncGenerator<Value[]> {
  for await (const row of rows) yield row.map(toValue);
}
