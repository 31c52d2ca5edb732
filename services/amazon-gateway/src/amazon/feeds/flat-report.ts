import { AppError } from '@orderbus/kernel';
import type { MessageResult, ProcessingReport } from '../../domain/feed-report.ts';

/**
 * What Amazon says about a feed that is no XML: a summary, and a table of what was wrong.
 * @throws AppError `feed.unreadable-report`
 */
export const readFlatReport = (text: string): ProcessingReport => {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const [processed, successful] = [countIn(lines, 'processed'), countIn(lines, 'successful')];
  const head = lines.findIndex((line) => line.startsWith('original-record-number'));
  const columns = (lines[head] ?? '').split('\t').map((column) => column.trim());
  const results = head < 0 ? [] : lines.slice(head + 1).flatMap((line) => resultOf(columns, line));
  const count = (kind: MessageResult['kind']): number =>
    new Set(results.filter((result) => result.kind === kind).map(({ messageId }) => messageId)).size;
  return { complete: true, processed, successful, withError: count('error'), withWarning: count('warning'), results };
};

const countIn = (lines: readonly string[], what: string): number => {
  const line = lines.find((each) => each.includes(`Number of records ${what}`));
  const digits = /(\d+)\s*$/.exec(line ?? '')?.[1];
  if (digits === undefined)
    throw new AppError('invalid', 'feed.unreadable-report', { why: `it does not say how many records were ${what}` });
  return Number(digits);
};

const resultOf = (columns: readonly string[], line: string): MessageResult[] => {
  if (line.trim() === '') return [];
  const cells = line.split('\t');
  const cell = (column: string): string => (cells[columns.indexOf(column)] ?? '').trim();
  const messageId = Number(cell('original-record-number') || '0');
  return [
    {
      messageId: Number.isInteger(messageId) ? messageId : 0,
      kind: /warning/i.test(cell('error-type')) ? 'warning' : 'error',
      code: cell('error-code') || 'unknown',
      words: cell('error-message').slice(0, 500),
    },
  ];
};
