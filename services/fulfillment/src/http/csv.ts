import { isUtf8 } from 'node:buffer';
import { Readable } from 'node:stream';
import { AppError, type FieldIssue } from '@orderbus/kernel';
import { holdsNul, issueCode, type Upload } from '@orderbus/service-kit';
import { CsvError, parse } from 'csv-parse';
import { z } from 'zod';

/** What a route says that takes a table: `route({ upload: csvFile, … })`, and `file` is its content. */
export const csvFile: Upload = { contentTypes: ['text/csv'], maxBytes: 32 * 1024 * 1024 };

/** The columns of a table by their names. A column whose schema takes `undefined` may be left out, or left empty in a row. */
export type Columns = Readonly<Record<string, z.ZodType>>;
type Values<C extends Columns> = { readonly [Name in keyof C]: z.output<C[Name]> };

/** One row: what it says, or everything that is wrong with it. */
export interface TableRow<C extends Columns> {
  /** As a spreadsheet counts: the header is row 1. */
  readonly row: number;
  /** The cells as they are written, for the report about the row. */
  readonly text: Readonly<Partial<Record<keyof C, string>>>;
  readonly values?: Values<C>;
  readonly problems?: readonly FieldIssue[];
}

/**
 * Reads a table of comma, semicolon or tab separated values, batch by batch. Names of columns are read without regard to case, blanks
 * and `_`. Each row is valid or not for itself; a file that is no table, or that is too long, is refused before the first batch.
 * @throws AppError `request.invalid` that names the column or `file`
 */
export async function* parseTable<C extends Columns>(
  file: Buffer,
  columns: C,
  { maxRows, batchSize = 1_000 }: { readonly maxRows: number; readonly batchSize?: number },
): AsyncGenerator<readonly TableRow<C>[]> {
  const names = await headerOf(file, columns, maxRows);
  const schema = z.object(columns);
  let batch: TableRow<C>[] = [];
  for await (const { row, cells } of records(file)) {
    if (row === 1) continue;
    batch.push(read(row, cells, names, schema) as TableRow<C>);
    if (batch.length === batchSize) {
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
}

/** Walks through the whole file once, so that nothing has been done yet when it turns out to be none. */
const headerOf = async (file: Buffer, columns: Columns, maxRows: number): Promise<(string | undefined)[]> => {
  if (!isUtf8(file)) throw invalid({ field: 'file', message: 'Not in UTF-8: save it as "CSV UTF-8"', code: 'file.not-utf8' });
  let names: (string | undefined)[] | undefined;
  let rows = 0;
  for await (const { row, cells } of records(file)) {
    names ??= namesOf(row === 1 ? cells : [], columns);
    if (++rows > maxRows + 1) {
      const message = `More than ${maxRows} rows: send it in parts`;
      throw invalid({ field: 'file', message, code: 'file.too-long', facts: { most: maxRows } });
    }
  }
  if (!names) throw invalid({ field: 'file', message: 'Empty: the first row has to name the columns', code: 'file.empty' });
  return names;
};

const namesOf = (header: readonly string[], columns: Columns): string[] => {
  const known = new Map(Object.keys(columns).map((name) => [plain(name), name]));
  const list = Object.keys(columns).join(', ');
  const named = header.map((cell) => ({ cell, name: known.get(plain(cell)) }));
  const unknown = named.flatMap(({ cell, name }) =>
    name
      ? []
      : [issue(cell.trim() || 'a column without a name', `Unknown: ${list}`, { code: 'file.unknown-column', facts: { columns: list } })],
  );
  const twice = named.flatMap(({ name }, n) =>
    name && named.findIndex((o) => o.name === name) < n ? [issue(name, 'Twice', { code: 'file.column-twice' })] : [],
  );
  const missing = Object.entries(columns)
    .filter(([name, schema]) => !schema.safeParse(undefined).success && !named.some((one) => one.name === name))
    .map(([name]) => issue(name, 'Missing: this column is needed', { code: 'file.no-column' }));
  const errors = [...unknown, ...twice, ...missing];
  if (errors.length > 0) throw invalid(...errors);
  return named.map(({ name }) => name as string);
};

const read = (row: number, cells: readonly string[], names: readonly (string | undefined)[], schema: z.ZodObject): TableRow<Columns> => {
  const text = Object.fromEntries(names.flatMap((name, n) => (name && cells[n]?.trim() ? [[name, cells[n].trim()]] : [])));
  const problems: FieldIssue[] = [
    ...(cells.slice(names.length).some((cell) => cell.trim() !== '')
      ? [ofRow('row.too-many-cells', `${cells.length} cells for ${names.length} columns`, { cells: cells.length, columns: names.length })]
      : []),
    ...(cells.some((cell) => cell.includes('\0')) ? [{ field: wholeRow, ...holdsNul }] : []),
  ];
  const result = schema.safeParse(text);
  if (!result.success)
    problems.push(...result.error.issues.map((one) => ({ field: one.path.join('.'), message: one.message, ...issueCode(one) })));
  return problems.length > 0 || !result.success ? { row, text, problems } : { row, text, values: result.data };
};

/** What is wrong with a row as a whole has this for its column. */
const wholeRow = 'row';

/** Of a row as a whole: `ofRow('row.twice', 'Twice in this file', …)`. */
export const ofRow = (code: string, message: string, facts?: FieldIssue['facts']): FieldIssue => ({
  ...{ field: wholeRow, message, code },
  ...(facts && { facts }),
});

/** What is wrong with a row, to be read. */
export const problemsInWords = (problems: readonly FieldIssue[]): string =>
  problems.map(({ field, message }) => (field === wholeRow ? message : `${field}: ${message}`)).join('; ');

/** The rows that hold something. Those that do not are counted, as a spreadsheet does. */
async function* records(file: Buffer): AsyncGenerator<{ readonly row: number; readonly cells: readonly string[] }> {
  const parser = parse({ bom: true, delimiter: delimiterOf(file), relax_column_count: true, relax_quotes: true, skip_empty_lines: false });
  let row = 0;
  try {
    for await (const cells of Readable.from(piecesOf(file)).pipe(parser) as AsyncIterable<string[]>) {
      row++;
      if (cells.some((cell) => cell.trim() !== '')) yield { row, cells };
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const facts = { row: parser.info.records + 1 };
    if (error.code === 'CSV_QUOTE_NOT_CLOSED') {
      const message = `Row ${facts.row} cannot be read: a quotation mark is not closed`;
      throw invalid({ field: 'file', message, code: 'file.quote-not-closed', facts });
    }
    throw invalid({ field: 'file', message: `Row ${facts.row} cannot be read: ${error.message}`, code: 'file.unreadable-row', facts });
  }
}

/** In pieces, so that other requests get their turn in between. */
function* piecesOf(file: Buffer): Generator<Buffer> {
  for (let at = 0; at < file.length; at += 65_536) yield file.subarray(at, at + 65_536);
}

/** What stands most often between the names of the columns: a spreadsheet writes what is usual in its country. */
const delimiterOf = (file: Buffer): string => {
  const header =
    file
      .toString('utf8', 0, Math.min(file.length, 4_096))
      .split(/[\r\n]/, 1)[0]
      ?.replaceAll(/"[^"]*"/g, '') ?? '';
  const counts = [',', ';', '\t'].map((sign) => ({ sign, count: header.split(sign).length }));
  return counts.reduce((best, one) => (one.count > best.count ? one : best)).sign;
};

const plain = (name: string): string => name.toLowerCase().replaceAll(/[\s_-]/g, '');

const issue = (field: string, message: string, coded: Pick<FieldIssue, 'code' | 'facts'>): FieldIssue => ({ field, message, ...coded });

const invalid = (...errors: FieldIssue[]): AppError => new AppError('invalid', 'request.invalid', { errors });
