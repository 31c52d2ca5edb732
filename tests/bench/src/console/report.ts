import type { Spread } from '../spread.ts';
import { answerMs, type ConsoleResult } from './measure.ts';

/** What was measured, as tables for a terminal. */
export const reportOf = (result: ConsoleResult): string[] => {
  const { pages, filters, presses, scrolling, memory, fillSeconds } = result;
  return [
    `filled in ${fillSeconds.toFixed(0)} s`,
    '',
    ...table(
      ['page', 'scripts, gzip', 'first time', 'longest', 'again', 'longest', 'shown again'],
      pages.map(({ route, gzipBytes, cold, warm, shownWarm }) => [
        ...[route.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/, ':order'), `${(gzipBytes / 1_000).toFixed(0)} kB`],
        ...[ms(cold.p50), ms(cold.longest), ms(warm.p50), ms(warm.longest), ms(shownWarm.p50)],
      ]),
    ),
    '',
    ...table(
      ['until other rows stand', 'p50', 'p95', 'longest', 'which'],
      [
        [`${filters.count} changes of filters and sorting`, ...spread(filters), filters.slowest],
        ['of which until they were there', ...spread(filters.answers), ''],
        ['presses on chips, headings, search', ...spread(presses), presses.slowest],
      ],
    ),
    `within ${answerMs} ms: ${(filters.within * 100).toFixed(1)} % of the changes`,
    '',
    ...table(
      ['scrolling', 'frames', 'between two: p50', 'p95', 'longest', 'work for one: p50', 'p95', 'longest', 'too long'],
      scrolling.map(({ rowsPerSecond, framesPerSecond, intervals, work, late }) => [
        ...[`${rowsPerSecond} rows/s`, `${framesPerSecond.toFixed(1)}/s`, ...spread(intervals, 1), ...spread(work, 1)],
        `${(late * 100).toFixed(1)} %`,
      ]),
    ),
    '',
    ...memory.map(({ name, bytes }) => `peak memory of ${name}: ${Math.round(bytes / 1024 / 1024)} MB`),
  ];
};

const ms = (value: number, digits = 0): string => `${value.toFixed(digits)} ms`;
const spread = ({ p50, p95, longest }: Spread, digits = 0): string[] => [p50, p95, longest].map((one) => ms(one, digits));

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string[] => {
  const widths = head.map((title, n) => Math.max(title.length, ...rows.map((row) => row[n]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, n) => (n === 0 ? cell.padEnd(widths[n] ?? 0) : cell.padStart(widths[n] ?? 0)))
      .join('  ')
      .trimEnd();
  return [line(head), ...rows.map(line)];
};
