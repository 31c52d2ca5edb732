import { setTimeout as sleep } from 'node:timers/promises';
import type { Finding } from '@orderbus/tests-system/finding';
import { everyItem, told } from '@orderbus/tests-system/http';
import { serviceNames } from '@orderbus/tests-system/installation';
import { type Random, randomOf } from '@orderbus/tests-system/random';
import { trafficOf } from '@orderbus/tests-system/traffic';
import type { Fault, Reached, Scene } from './fault.ts';
import type { Step } from './plan.ts';
import { settle } from './quiet.ts';
import type { Stage } from './stage.ts';

/** What came of one fault. */
export interface Row {
  readonly fault: string;
  /** What was played together: it shares its orders. */
  readonly round: string;
  readonly times: number;
  /** What shows that it was felt; nothing when it was not. */
  readonly seen: string | undefined;
  readonly problem: string | undefined;
  readonly orders: number;
  readonly findings: readonly Finding[];
  readonly recoverySeconds: number;
  readonly allowedSeconds: number;
}

export interface Playing {
  readonly stage: Stage;
  readonly seed: number;
  readonly thorough: boolean;
  readonly say: (words: string) => void;
}

/** How long it may take until all is right again. */
export const recoverySeconds = 60;

/** Traffic, the faults, an end to both; then the judge. */
export const playRound = async (playing: Playing, faults: readonly Fault[]): Promise<Row[]> => {
  const { stage, seed } = playing;
  const name = faults.map((fault) => fault.name).join('+') || 'nothing';
  const traffic = trafficOf(stage.installation, stage.amazon, randomOf(seed, `traffic/${name}`));
  traffic.start();
  await sleep(1_500);
  const played: (readonly [string, Outcome])[] = [];
  for (const fault of faults)
    played.push([fault.name, await play(playing, { stage, traffic, thorough: playing.thorough }, fault, randomOf(seed, fault.name))]);
  if (faults.length === 0) await sleep(4_000);
  const allowedSeconds = Math.max(recoverySeconds, ...faults.map(({ patience }) => patience?.seconds ?? 0));
  const { findings, seconds } = await settle(stage, traffic, { withinMs: allowedSeconds * 1_000 });
  playing.say(
    `the shop: ${Object.entries(traffic.done)
      .map(([what, times]) => `${times} ${what}`)
      .join(', ')}`,
  );
  const rows = faults.length === 0 ? [['(none)', { times: 0, seen: 'all was well' }] as const] : played;
  return rows.map(([fault, outcome]) => ({
    ...{ fault, round: name, times: outcome.times, seen: outcome.seen, problem: outcome.problem, orders: traffic.orders, findings },
    ...{ recoverySeconds: seconds, allowedSeconds },
  }));
};

/** One fault after the other without a pause for the judge, until the time is over. */
export const playStorm = async (
  playing: Playing,
  steps: readonly Step[],
  minutes: number,
): Promise<Row & { readonly counts: Readonly<Record<string, number>> }> => {
  const { stage, seed } = playing;
  const traffic = trafficOf(stage.installation, stage.amazon, randomOf(seed, 'traffic/storm'));
  traffic.start();
  const counts: Record<string, number> = {};
  const problems: string[] = [];
  const until = performance.now() + minutes * 60_000;
  for (const { fault, pauseMs, random } of steps) {
    if (performance.now() > until) break;
    await sleep(pauseMs);
    const { seen, problem } = await play(playing, { stage, traffic, thorough: false }, fault, random);
    if (seen !== undefined) counts[fault.name] = (counts[fault.name] ?? 0) + 1;
    if (problem !== undefined) problems.push(`${fault.name}: ${problem}`);
  }
  const { findings, seconds } = await settle(stage, traffic, { withinMs: recoverySeconds * 1_000 });
  const times = Object.values(counts).reduce((sum, one) => sum + one, 0);
  return {
    ...{
      fault: `storm of ${minutes} minutes`,
      round: 'storm',
      times,
      seen: `${times} faults of ${Object.keys(counts).length} kinds were felt`,
    },
    ...{ problem: problems.length === 0 ? undefined : problems.join('; '), orders: traffic.orders, findings },
    ...{ recoverySeconds: seconds, allowedSeconds: recoverySeconds, counts },
  };
};

type Outcome = Partial<Pick<Reached, 'seen'>> & { readonly times: number; readonly problem?: string | undefined };

const play = async ({ say }: Playing, scene: Omit<Scene, 'random'>, fault: Fault, random: Random): Promise<Outcome> => {
  const { stage } = scene;
  const startedAt = performance.now();
  try {
    const reached = await fault.play({ ...scene, random });
    await stage.heal();
    await discard(stage, reached.poison ?? []);
    say(`${fault.name}: ${reached.seen} (${((performance.now() - startedAt) / 1_000).toFixed(0)} s)`);
    return reached;
  } catch (error) {
    const problem = (error as Error).message;
    say(`${fault.name}: NOT REACHED: ${problem}`);
    await stage.heal();
    return { times: 0, problem };
  }
};

/** Messages that were meant to die have died: a person says that he has seen them. All others stay, for the judge. */
const discard = async ({ installation }: Stage, poison: readonly string[]): Promise<void> => {
  if (poison.length === 0) return;
  for (const service of serviceNames) {
    const letters = await everyItem<{ id: string; messageId: string }>(`${installation.urlOf(service)}/dead-letters?status=open`);
    for (const { id } of letters.filter(({ messageId }) => poison.includes(messageId)))
      await told('POST', `${installation.urlOf(service)}/dead-letters/${id}/discard`, { reason: 'made to die' });
  }
};
