import { cpus, totalmem } from 'node:os';
import type { Finding, Harm } from '@orderbus/tests-system/finding';
import type { Caught } from './controls.ts';
import type { Fault } from './fault.ts';
import type { Row } from './round.ts';

/** A whole run. */
export interface Run {
  readonly seed: number;
  readonly broker: string;
  /** Without the storm, and with four faults at a time. */
  readonly brief: boolean;
  readonly at: Date;
  readonly minutes: number;
  readonly rows: readonly Row[];
  readonly caught: readonly Caught[];
  readonly last: readonly Finding[];
  /** Those that cannot be played here, and why. */
  readonly leftOut: readonly { readonly fault: Fault; readonly why: string }[];
}

/** Everything for which a run fails. */
export const failuresOf = ({ rows, caught, last }: Pick<Run, 'rows' | 'caught' | 'last'>): string[] => [
  ...rows.flatMap(({ fault, problem }) => (problem === undefined ? [] : [`${fault}: ${problem}`])),
  ...rows.flatMap(({ fault, findings }) => findings.slice(0, 8).map(({ invariant, words }) => `${fault}: ${invariant}: ${words}`)),
  ...rows
    .filter(({ findings, recoverySeconds, allowedSeconds }) => findings.length === 0 && recoverySeconds > allowedSeconds)
    .map(({ fault, recoverySeconds }) => `${fault}: it took ${recoverySeconds.toFixed(0)} s until all was right again`),
  ...caught.filter(({ words }) => words === undefined).map(({ control }) => `${control.name}: the judge has not noticed`),
  ...last.map(({ invariant, words }) => `at the end: ${invariant}: ${words}`),
];

const count = (findings: readonly Finding[], harm: Harm): number => findings.filter((one) => one.harm === harm).length;

const cellsOf = ({ fault, times, seen, orders, findings, recoverySeconds }: Row): string[] => [
  fault,
  String(times),
  seen ?? 'NO',
  String(orders),
  ...(['lost', 'duplicated', 'written-twice'] as const).map((harm) => String(count(findings, harm))),
  findings.length === 0 ? recoverySeconds.toFixed(0) : 'never',
];

const head = ['Fault', 'Times', 'Reached', 'Orders', 'Lost', 'Duplicated', 'Double writes', 'Recovery (s)'];

/** For a terminal: columns as wide as they need to be. */
export const textTable = (rows: readonly Row[]): string => {
  const cells = [head, ...rows.map(cellsOf)];
  const widths = head.map((_, n) => Math.max(...cells.map((row) => (row[n] as string).length)));
  return cells
    .map((row) =>
      row
        .map((cell, n) => cell.padEnd(widths[n] as number))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
};

/** Faults that were played together saw the same ones. */
const ordersOf = (rows: readonly Row[]): number =>
  [...new Map(rows.map(({ round, orders }) => [round, orders])).values()].reduce((sum, orders) => sum + orders, 0);

const markdown = (cells: readonly (readonly string[])[]): string =>
  cells.map((row) => `| ${row.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`).join('\n');

const table = (columns: readonly string[], rows: readonly (readonly string[])[]): string =>
  markdown([columns, columns.map(() => '---'), ...rows]);

/** docs/chaos.md */
export const pageOf = (run: Run, faults: readonly Fault[]): string => {
  const { seed, broker, brief, at, rows, caught, leftOut } = run;

  const patient = faults.filter(({ patience }) => patience !== undefined);
  const failures = failuresOf(run);
  const harm = (kind: Harm) => rows.reduce((sum, { findings }) => sum + count(findings, kind), 0);
  const recovery = rows.map((row) => row.recoverySeconds).sort((a, b) => a - b);
  return `# Chaos
Written by \`npm run chaos${brief ? ' -- --brief' : ''}\`, on ${at.toISOString().slice(0, 10)}, with seed ${seed}, on a machine with ${cpus().length} processors (${cpus()[0]?.model.trim()}) and
${Math.round(totalmem() / 2 ** 30)} GB, on the ${broker} broker. How it works, and how to run it: [tests/chaos](../tests/chaos/README.md).

**${ordersOf(rows)} orders, ${rows.reduce((sum, { times }) => sum + times, 0)} faults of ${rows.filter(({ times }) => times > 0).length} kinds: ${harm('lost')} lost, ${harm('duplicated')} duplicated, ${harm('written-twice')} written to Amazon twice.**
Until everything was right again it took ${recovery[Math.floor(recovery.length / 2)]?.toFixed(0) ?? '-'} s in the middle, ${recovery.at(-1)?.toFixed(0) ?? '-'} s at most.
${failures.length === 0 ? '' : `\n**This run has failed:**\n${failures.map((words) => `- ${words}`).join('\n')}\n`}
## What is always true
A judge looks into the sandbox of Amazon, the databases, the queues and the APIs when everything is quiet:

${table(['', 'Invariant'], invariants)}

## Faults
Each is played while orders are sold, changed, canceled by either side, shipped and paid back. It counts only if it was *reached*: something has
been seen that shows that it was felt. Recovery is from the end of the fault until the judge has nothing to complain about, with all that was still to be done.

${table(head, rows.map(cellsOf))}

${table(
  ['Fault', 'What goes wrong', 'How it is known to have been felt'],
  faults.map(({ name, what, shownBy }) => [name, what, shownBy]),
)}

${patient.length === 0 ? '' : `All is right again within a minute, but for these:\n${patient.map(({ name, patience }) => `- \`${name}\`: ${patience?.why}.`).join('\n')}\n`}
## Negative controls
A judge who never complains proves nothing. These break a rule of ours on purpose, in the processes of the run alone; he has to notice.

${table(
  ['Control', 'What is broken', 'Noticed by'],
  caught.map(({ control, words }) => [control.name, control.what, words ?? '**not noticed**']),
)}

## Not played
${[...leftOut.map(({ fault, why }) => `- \`${fault.name}\`: ${why}.`), ...notPlayed.map((words) => `- ${words}`)].join('\n')}
`
    .trimEnd()
    .concat('\n');
};

const invariants: readonly (readonly string[])[] = [
  ['I1', 'The orders here are those at Amazon: the same set, each once.'],
  ['I2', 'Each stands where it follows from what Amazon says of it, with the same total.'],
  ['I3', 'In every event log, the events of one thing are numbered from 1 without a gap or a repetition.'],
  [
    'I4',
    'Every event was taken by everybody who listens to it, or is a dead letter there; nothing followed from it twice; no queue and no outbox holds anything.',
  ],
  ['I5', 'Units set aside, stock, its movements, invoices to the cent: the books balance.'],
  ['I6', 'In the ledger that Amazon keeps of what it was told, each write of ours had its effect once; no write is left open.'],
  ['I7', 'Dead letters are those that were made to die, each with its reason.'],
  ['I8', 'No process ended by itself, no error went uncaught; memory and dead rows stay within bounds.'],
  ['I9', 'No buyer stands in clear in a table, a dead letter or a log.'],
];

const notPlayed: readonly string[] = [
  'Two machines that cannot see each other: there is one here.',
  'A handler that never ends, or that takes its process with it: tests of the library. Twenty deaths park what the service had in hand; whoever was innocent among it is sent again by a person.',
  'Summer time and leap seconds: all times are UTC.',
  'An older version beside a newer one: `npm run test:upgrade`.',
];
