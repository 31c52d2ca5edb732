import type { ProblemDocument } from '../../../../api/problem.ts';

/** A line of a file, as an editor counts them, and what is wrong with it. */
export interface LineResult {
  readonly line: number;
  readonly text: string;
  readonly wrong: string | undefined;
}

type Mistakes = NonNullable<ProblemDocument['errors']>;

/** What came of each line: mistakes name them as `csv.<line>.<column>`, and `csv` alone is the file itself, its first line. */
export const linesOf = (csv: string, mistakes: Mistakes): LineResult[] => {
  const wrong = new Map<number, string[]>();
  for (const { field, message } of mistakes) {
    const [, line = '1', column] = field.split('.');
    const words = column === undefined ? message : `${column}: ${message}`;
    wrong.set(Number(line), [...(wrong.get(Number(line)) ?? []), words]);
  }
  return csv.split(/\r\n|\n|\r/).flatMap((text, index) => {
    const line = index + 1;
    const isTold = wrong.has(line) || (index > 0 && text.trim() !== '');
    return isTold ? [{ line, text, wrong: wrong.get(line)?.join('; ') }] : [];
  });
};
