/**
 * `npm run chaos`: every fault, a storm, the negative controls; writes docs/chaos.md.
 * `npm run chaos -- --minutes 10 --seed 7`: a storm alone. The same seed, the same sequence of faults.
 * `npm run chaos -- --brief`: every fault, four at a time and each in one place, without the storm; writes docs/chaos.md, too.
 * `npm run chaos -- --short`: some of each, in a few minutes.
 * `npm run chaos -- --fault broker-kill`: one.
 * `--broker embedded`: on the broker that needs no server. `--list`: what there is.
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type Caught, controls, playControl } from './controls.ts';
import { neverInSilence } from './ending.ts';
import type { Fault } from './fault.ts';
import { faults } from './faults/index.ts';
import { lastLook } from './last-look.ts';
import { roundsOf, stormOf } from './plan.ts';
import { failuresOf, pageOf, textTable } from './report.ts';
import { type Playing, playRound, playStorm, type Row } from './round.ts';
import { faketime, isRoot } from './servers/account.ts';
import { raise } from './stage.ts';

// Services find compiled what one of them has loaded before.
process.env.NODE_COMPILE_CACHE ??= fileURLToPath(new URL('../../../node_modules/.cache/compiled', import.meta.url));

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    minutes: { type: 'string' },
    brief: { type: 'boolean', default: false },
    short: { type: 'boolean', default: false },
    fault: { type: 'string', multiple: true },
    broker: { type: 'string', default: 'rabbit' },
    list: { type: 'boolean', default: false },
  },
});
const broker = values.broker === 'embedded' ? 'embedded' : 'rabbit';
const [seed, minutes] = [Number(values.seed), Number(values.minutes ?? 10)];
const takesAll = !values.short && values.minutes === undefined && values.fault === undefined;
const isWhole = takesAll && !values.brief;

if (values.list) {
  for (const { name, what } of [...faults, ...controls]) console.log(`${name.padEnd(34)}${what}`);
  process.exit(0);
}

/** Played before the judge looks: alone when there is time. */
const together = values.brief ? 4 : values.short ? 3 : 1;

const why = ({ needs }: Fault): string | undefined => {
  if (needs === 'rabbit' && broker !== 'rabbit') return 'it takes a RabbitMQ';
  if (needs === 'root' && !isRoot) return 'it takes the rights of root: a file system of its own is mounted';
  if (needs === 'faketime' && !faketime()) return "it takes Debian's faketime";
  return undefined;
};
const isWanted = ({ name, short }: Fault): boolean => {
  if (values.fault) return values.fault.includes(name);
  if (values.minutes !== undefined) return false;
  return values.short ? short === true : true;
};
const leftOut = faults.flatMap((fault) => (why(fault) === undefined ? [] : [{ fault, why: why(fault) as string }]));
const possible = faults.filter((fault) => why(fault) === undefined);
const wanted = possible.filter(isWanted);
const wantedControls = controls.filter(({ name }) => (values.fault ? values.fault.includes(name) : values.short || takesAll));
const storm = values.minutes !== undefined || isWhole ? stormOf(seed, minutes, possible) : [];
if (wanted.length + wantedControls.length + storm.length === 0) throw new Error('There is no such fault: see --list');

const startedAt = performance.now();
const say = (words: string): void => console.log(`${((performance.now() - startedAt) / 1_000).toFixed(0).padStart(5)} s  ${words}`);
say(
  `seed ${seed}, ${broker} broker; ${wanted.length} faults, ${wantedControls.length} controls${storm.length > 0 ? `, a storm of ${minutes} minutes` : ''}`,
);
if (storm.length > 0) console.log(`The storm of seed ${seed}: ${storm.map(({ fault }) => fault.name).join(', ')}`);

const rows: Row[] = [];
const caught: Caught[] = [];
let last: Awaited<ReturnType<typeof lastLook>> = [];
const end = neverInSilence((why) => {
  if (rows.length > 0) console.log(`\n${textTable(rows)}\n`);
  console.error(`FAILED  the run was broken off after ${((performance.now() - startedAt) / 1_000).toFixed(0)} s: ${why}`);
});
const ownDisk = [...wanted, ...storm.map(({ fault }) => fault)].some(({ needs }) => needs === 'root');
const stage = await raise({ brokerKind: broker, seed, ownDisk });
try {
  say(`everything runs${stage.rabbit ? ` on RabbitMQ ${stage.rabbit.version}` : ''}`);
  const playing: Playing = { stage, seed, thorough: isWhole, say };
  const add = (more: readonly Row[]): void => {
    rows.push(...more);
    for (const { fault, findings, recoverySeconds } of more)
      say(
        `${fault}: ${
          findings.length === 0
            ? `all right after ${recoverySeconds.toFixed(1)} s`
            : `WRONG: ${findings
                .slice(0, 5)
                .map(({ words }) => words)
                .join('; ')}`
        }`,
      );
  };
  add(await playRound(playing, []));
  for (const round of roundsOf(wanted, together)) add(await playRound(playing, round));
  if (storm.length > 0) add([await playStorm(playing, storm, minutes)]);
  last = await lastLook(stage);
  const known = new Set<string>();
  for (const control of wantedControls) caught.push(await playControl(playing, control, known));
} finally {
  await stage.stop();
}

console.log(`\n${textTable(rows)}\n`);
for (const { control, words } of caught) console.log(`${control.name}: ${words === undefined ? 'NOT NOTICED' : `noticed: ${words}`}`);
const run = { seed, broker, brief: values.brief, at: new Date(), minutes, rows, caught, last, leftOut };
if (takesAll && broker === 'rabbit') writeFileSync(fileURLToPath(new URL('../../../docs/chaos.md', import.meta.url)), pageOf(run, faults));
const failures = failuresOf(run);
for (const failure of failures) console.error(`FAILED  ${failure}`);
say(failures.length === 0 ? 'nothing lost, nothing twice' : `${failures.length} failures`);
end(failures.length === 0 ? 0 : 1);
