import { setTimeout as sleep } from 'node:timers/promises';
import type { Sabotage } from '@orderbus/kernel';
import type { Finding } from '@orderbus/tests-system/finding';
import { serviceNames } from '@orderbus/tests-system/installation';
import { randomOf } from '@orderbus/tests-system/random';
import { query } from '@orderbus/tests-system/sql';
import { type Traffic, trafficOf } from '@orderbus/tests-system/traffic';
import { sendAgain } from './faults/messages.ts';
import { look } from './quiet.ts';
import { type Playing, recoverySeconds } from './round.ts';

/** A rule of ours is broken on purpose. The judge has to notice: one who never complains proves nothing. */
export interface Control {
  readonly name: string;
  readonly rule: Sabotage;
  /** For people. */
  readonly what: string;
  /** What he has to complain about. */
  readonly caught: (finding: Finding) => boolean;
  readonly play: (playing: Playing, traffic: Traffic) => Promise<void>;
  /** What keeps the rule broken until he has looked. */
  readonly mend?: (playing: Playing) => Promise<void>;
}

const listeners = serviceNames.filter((name) => name !== 'access');

export const controls: readonly Control[] = [
  {
    name: 'without-inbox',
    rule: 'inbox_off',
    what: 'Services take every message for new. Then events come again',
    caught: ({ harm }) => harm === 'duplicated',
    play: async ({ stage, seed }, traffic) => {
      const { services } = stage;
      for (const service of listeners) await services.restart(service, { sabotage: ['inbox_off'] });
      await stage.heal();
      await sendAgain({ stage, traffic, thorough: false, random: randomOf(seed, 'without-inbox') });
    },
    mend: async ({ stage }) => {
      for (const service of listeners) await stage.services.restart(service);
    },
  },
  {
    name: 'acknowledged-before-commit',
    rule: 'ack_before_commit',
    what: 'The order service acknowledges messages before it has handled them. Then it dies in the middle of its transaction',
    caught: ({ invariant, harm }) => invariant === 'I4' && harm === 'lost',
    play: async ({ stage }, traffic) => {
      await stage.services.restart('order', { sabotage: ['ack_before_commit'], failpoint: 'in_tx' });
      await traffic.sell(5);
      await stage.services.died('order');
      await stage.services.start('order');
    },
  },
  {
    name: 'cursor-moved-early',
    rule: 'cursor_early',
    what: 'The gateway writes down how far it has read before it has kept what it read. Then it dies in between',
    caught: ({ invariant, harm }) => invariant === 'I1' && harm === 'lost',
    play: async ({ stage }, traffic) => {
      await stage.services.kill('amazon-gateway');
      await freeStores(stage.installation.databaseUrl);
      for (let n = 0; n < 3; n++) await traffic.sellOurs();
      // Longer ago than what is read again each time.
      await stage.amazon.pass(5);
      await stage.services.start('amazon-gateway', { sabotage: ['cursor_early'], failpoint: 'before_page_commit', nth: 3 });
      await stage.services.died('amazon-gateway');
      await freeStores(stage.installation.databaseUrl);
      await stage.services.start('amazon-gateway');
    },
  },
  {
    name: 'retried-without-reading-back',
    rule: 'retry_blindly',
    what: 'The gateway sends again what nobody has answered for. Amazon had done it',
    caught: ({ harm }) => harm === 'written-twice',
    play: async ({ stage }, traffic) => {
      await stage.services.restart('amazon-gateway', { sabotage: ['retry_blindly'] });
      await freeStores(stage.installation.databaseUrl);
      const order = await traffic.sellOurs();
      const fault = await stage.amazon.begin({ kind: 'reset-after-effect', operations: ['confirmShipment'], times: 1 });
      await traffic.ship(order);
      for (let waited = 0; (await fault.hits()) === 0 && waited < 200; waited++) await sleep(250);
      await fault.end();
      await sleep(1_500);
      await stage.services.restart('amazon-gateway');
      await freeStores(stage.installation.databaseUrl);
    },
  },
];

/** The leases of a process that was killed, put forward to their end. */
const freeStores = (databaseUrl: string): Promise<unknown> =>
  query(databaseUrl, 'update gateway.sync_cursor set lease_owner = null, lease_until = null, paused_until = null');

export interface Caught {
  readonly control: Control;
  /** What he said, if he noticed. */
  readonly words: string | undefined;
  readonly times: number;
}

/** Plays it, and waits until the judge has said the same twice with nothing on its way any more: then it is not just late. */
export const playControl = async (playing: Playing, control: Control, known: Set<string>): Promise<Caught> => {
  const { stage, seed } = playing;
  const traffic = trafficOf(stage.installation, stage.amazon, randomOf(seed, `traffic/${control.name}`));
  await control.play(playing, traffic);
  await stage.heal();
  await traffic.finish();
  try {
    return await whatHeSays(playing, control, known);
  } finally {
    await control.mend?.(playing);
  }
};

const whatHeSays = async ({ stage, say }: Playing, control: Control, known: Set<string>): Promise<Caught> => {
  let before: string | undefined;
  const until = performance.now() + recoverySeconds * 1_000;
  while (performance.now() < until) {
    const findings = await look(stage);
    const fresh = findings.filter((one) => control.caught(one) && !known.has(one.words));
    const words = fresh[0]?.words;
    if (words !== undefined && words === before && findings.every(({ harm }) => harm !== 'unfinished')) {
      for (const one of findings) known.add(one.words);
      say(`${control.name}: the judge says ${words}`);
      return { control, words, times: fresh.length };
    }
    before = words;
    await sleep(2_000);
  }
  say(
    `${control.name}: the judge HAS NOT NOTICED, he says: ${
      (await look(stage))
        .slice(0, 5)
        .map(({ words }) => words)
        .join('; ') || 'nothing'
    }`,
  );
  return { control, words: undefined, times: 0 };
};
