import { setTimeout as sleep } from 'node:timers/promises';
import { untilAllIsQuiet } from '@orderbus/tests-system/amazon-clock';
import { type Finding, finding } from '@orderbus/tests-system/finding';
import { findingsAbout } from '@orderbus/tests-system/judge';
import type { Traffic } from '@orderbus/tests-system/traffic';
import type { Stage } from './stage.ts';

export interface Verdict {
  /** Nothing, if all is well. */
  readonly findings: readonly Finding[];
  /** From when nothing was wrong any more with the world, until nothing was wrong with us. */
  readonly seconds: number;
}

/** Everybody does what is left to do; then the judge looks, again and again, until there is nothing to complain about or he has had enough. */
export const settle = async (stage: Stage, traffic: Traffic, { withinMs = 90_000 } = {}): Promise<Verdict> => {
  const since = performance.now();
  await traffic.finish();
  await stage.amazon.pass(untilAllIsQuiet);
  for (;;) {
    const findings = await look(stage);
    const ms = performance.now() - since;
    if (findings.length === 0 || ms > withinMs) return { findings, seconds: ms / 1_000 };
    await sleep(500);
  }
};

/** What the judge has to say just now. */
export const look = async (stage: Stage): Promise<Finding[]> => {
  try {
    const waiting = await waitingIn(stage);
    // The cheap question first: as long as messages are on their way, nobody needs to be judged.
    return waiting.length > 0 ? waiting : await findingsAbout(stage.installation);
  } catch (error) {
    return [finding('I8', 'unfinished', `nobody answers: ${(error as Error).message}`)];
  }
};

const waitingIn = async ({ rabbit }: Stage): Promise<Finding[]> => {
  const queues = (await rabbit?.queues()) ?? [];
  return queues
    .filter(({ messages }) => messages > 0)
    .map(({ name, messages }) => finding('I4', 'unfinished', `${messages} messages still in ${name}`));
};
