import { type FieldIssue, isTransient } from '@orderbus/kernel';
import { byteOrderMark, csvLine, FieldProblem, jsonOr, type Raw, raw } from '@orderbus/service-kit';
import { z } from 'zod';
import { type Columns, ofRow, parseTable, problemsInWords, type TableRow } from './csv.ts';

/** Rows of a file at most: more are sent in parts. */
const maxRows = 100_000;

type RowResult = 'created' | 'changed' | 'unchanged' | 'refused';

export interface RowReport {
  readonly row: number;
  readonly sku: string;
  readonly result: RowResult;
  /** Why it was refused. */
  readonly problems?: readonly FieldIssue[] | undefined;
}

const Report = z.object({
  dryRun: z.boolean().describe('True: this is what would have happened'),
  rows: z.int(),
  created: z.int(),
  changed: z.int(),
  unchanged: z.int(),
  refused: z.int(),
  problems: z
    .array(z.object({ row: z.int(), sku: z.string(), why: z.string(), problems: z.array(FieldProblem) }))
    .describe('Every row that was refused: `why` says the problems in one sentence'),
});

/** The counts and every refused row; asked for as `text/csv`, every row. */
export const reported = { 200: jsonOr(Report, 'text/csv') };

export const importQuery = z.object({
  dryRun: z
    .stringbool({ truthy: ['true'], falsy: ['false'] })
    .default(false)
    .meta({ description: 'Only tells what would happen' }),
});

type Valid<C extends Columns> = TableRow<C> & { readonly values: NonNullable<TableRow<C>['values']> };

export interface Import<C extends Columns & { readonly sku: z.ZodType<string> }> {
  readonly columns: C;
  /** What makes two rows of a file contradict each other: only the first of them counts. */
  readonly keyOf: (values: Valid<C>['values']) => string;
  /** One transaction. Answers with what became of each row, in their order. */
  readonly apply: (rows: readonly Valid<C>[]) => Promise<readonly Pick<RowReport, 'result' | 'problems'>[]>;
}

/** Takes a table in, a thousand rows in each transaction. Bad rows are refused, the others done: the same file may be sent again. */
export const importTable = async <C extends Columns & { readonly sku: z.ZodType<string> }>(
  file: Buffer,
  { columns, keyOf, apply }: Import<C>,
): Promise<RowReport[]> => {
  const report: RowReport[] = [];
  const seen = new Map<string, number>();
  for await (const rows of parseTable(file, columns, { maxRows })) {
    const valid: Valid<C>[] = [];
    const refused: RowReport[] = [];
    for (const one of rows) {
      const first = one.values && seen.get(keyOf(one.values));
      const problems = first === undefined ? one.problems : [ofRow('row.twice', `Twice in this file: see row ${first}`, { first })];
      if (one.values && !problems) {
        seen.set(keyOf(one.values), one.row);
        valid.push(one as Valid<C>);
      } else refused.push({ row: one.row, sku: one.text.sku ?? '', result: 'refused', problems });
    }
    const results = valid.length > 0 ? await patiently(() => apply(valid)) : [];
    const done = valid.map(({ row, text }, n): RowReport => ({ row, sku: text.sku ?? '', ...(results[n] ?? { result: 'unchanged' }) }));
    report.push(...[...refused, ...done].sort((a, b) => a.row - b.row));
  }
  return report;
};

/** The report in the form that was asked for. */
export const reportOf = (rows: readonly RowReport[], dryRun: boolean, accept: string | undefined): z.output<typeof Report> | Raw => {
  if (accept?.includes('text/csv')) return raw('text/csv; charset=utf-8', csvOf(rows));
  const count = (result: RowResult): number => rows.filter((row) => row.result === result).length;
  return {
    ...{ dryRun, rows: rows.length },
    ...{ created: count('created'), changed: count('changed'), unchanged: count('unchanged'), refused: count('refused') },
    problems: rows.flatMap(({ row, sku, result, problems = [] }) =>
      result === 'refused' ? [{ row, sku, why: problemsInWords(problems), problems: [...problems] }] : [],
    ),
  };
};

const csvOf = (rows: readonly RowReport[]): string =>
  byteOrderMark +
  [header, ...rows.map(({ row, sku, result, problems = [] }) => [row, sku, result, problemsInWords(problems)])].map(csvLine).join('');

const header = ['row', 'sku', 'result', 'why'];

/** Two files at once may meet in a new product, or in a lock: the batch is done again. */
const patiently = async <T>(work: () => Promise<T>): Promise<T> => {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (attempt === 3 || !isTransient(error)) throw error;
    }
  }
};
