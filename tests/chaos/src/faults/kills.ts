import type { Failpoint } from '@orderbus/kernel';
import { eventually } from '@orderbus/testkit';
import { type ServiceName, serviceNames } from '@orderbus/tests-system/installation';
import type { Fault, Scene } from '../fault.ts';

/** Those that listen to others. */
const listeners: readonly ServiceName[] = ['order', 'fulfillment', 'billing', 'notification', 'amazon-gateway'];
const publishers: readonly ServiceName[] = ['amazon-gateway', 'order', 'fulfillment', 'billing'];

/** Dies at a place in the program, once per service, and is started again as an operator's supervisor does it. */
const dieAt = async (
  { stage, random, thorough }: Scene,
  point: Failpoint,
  candidates: readonly ServiceName[],
  latest = 3,
): Promise<ServiceName[]> => {
  const victims = thorough ? [...candidates] : [random.pick(candidates)];
  await Promise.all(
    victims.map(async (victim) => {
      await stage.services.restart(victim, { failpoint: point, nth: random.int(1, latest) });
      await stage.services.died(victim);
      await stage.services.start(victim);
    }),
  );
  return victims;
};

const seenDead = (victims: readonly ServiceName[]) => ({ times: victims.length, seen: `${victims.join(', ')} died there` });

/** What was done and not acknowledged came again, and was known. */
const duplicatesCome = async ({ stage }: Scene, victims: readonly ServiceName[]): Promise<number> =>
  eventually(
    async () => {
      const counts = await Promise.all(victims.map((victim) => stage.metric(victim, 'inbox_duplicates_total')));
      const duplicates = counts.reduce((sum, one) => sum + one, 0);
      if (duplicates === 0) throw new Error(`no duplicate was seen by ${victims.join(', ')}`);
      return duplicates;
    },
    { withinMs: 40_000, everyMs: 250 },
  );

export const kills: readonly Fault[] = [
  {
    name: 'kill-before-transaction',
    what: 'A service dies with a batch of messages in hand, before its transaction has begun',
    shownBy: 'the process says where it is and is gone',
    play: async (scene) => seenDead(await dieAt(scene, 'before_tx', listeners)),
  },
  {
    name: 'kill-in-transaction',
    what: 'A service dies when everything is written and nothing committed',
    shownBy: 'the process says where it is and is gone',
    short: true,
    play: async (scene) => seenDead(await dieAt(scene, 'in_tx', listeners)),
  },
  {
    name: 'kill-before-acknowledgement',
    what: 'A service dies between its commit and its acknowledgement: the broker hands the batch out again',
    shownBy: 'the process is gone; its successor counts duplicates',
    short: true,
    play: async (scene) => {
      const victims = await dieAt(scene, 'after_commit_before_ack', listeners);
      const duplicates = await duplicatesCome(scene, victims);
      return { times: victims.length, seen: `${victims.join(', ')} died there; ${duplicates} duplicates were known as such` };
    },
  },
  {
    name: 'kill-before-outbox-delete',
    what: 'A service dies when the broker has its events and the outbox still does: they are published twice',
    shownBy: 'the process is gone; those who listen count duplicates',
    short: true,
    play: async (scene) => {
      const before = await duplicatesAt(scene);
      const victims = await dieAt(scene, 'after_publish_before_delete', publishers, 1);
      const duplicates = await eventually(
        async () => {
          const after = await duplicatesAt(scene);
          const more = serviceNames.map((name) => after[name] - (victims.includes(name) ? 0 : before[name])).reduce(sum);
          if (more <= 0) throw new Error('nobody has seen a duplicate');
          return more;
        },
        { withinMs: 40_000, everyMs: 250 },
      );
      return { times: victims.length, seen: `${victims.join(', ')} died there; ${duplicates} duplicates were known as such` };
    },
  },
  {
    name: 'kill-before-page-commit',
    what: 'The gateway dies between what Amazon has told it and its commit',
    shownBy: 'the process says where it is and is gone',
    play: async (scene) => seenDead(await dieAt(scene, 'before_page_commit', ['amazon-gateway'])),
  },
  {
    name: 'kill-after-page-commit',
    what: 'The gateway dies after the commit of a page, before it gives back its lease',
    shownBy: 'the process says where it is and is gone',
    patience: { seconds: 90, why: 'its successor waits for the lease of half a minute to run out, so that no two read at once' },
    play: async (scene) => seenDead(await dieAt(scene, 'after_page_commit', ['amazon-gateway'])),
  },
  {
    name: 'kill-after-amazon-call',
    what: 'The gateway dies when Amazon has done what it was asked, before that is written down',
    shownBy: 'the process is gone; its successor reads Amazon back',
    patience: {
      seconds: 150,
      why: 'the write is left to the dead process for a minute (AMAZON_ABANDONED_AFTER), the store for half of one',
    },
    play: async (scene) => {
      const { stage, traffic } = scene;
      const sold = await traffic.sellOurs();
      // Anything that Amazon is told may kill it from here on: nothing comes in until it is started again.
      await traffic.untilShippable(sold);
      await stage.services.restart('amazon-gateway', { failpoint: 'after_amazon_call_before_commit' });
      await traffic.ship(sold);
      await stage.services.died('amazon-gateway');
      await stage.services.start('amazon-gateway');
      await eventually(
        () => {
          if (!stage.services.lines('amazon-gateway').some((line) => line.includes('they are read back')))
            throw new Error('nothing was read back');
        },
        { withinMs: 90_000, everyMs: 500 },
      );
      return { times: 1, seen: 'the write was found abandoned, and read back' };
    },
  },
  {
    name: 'kill-at-random',
    what: 'Services are killed one after the other, whatever they are doing',
    shownBy: 'the processes are gone',
    short: true,
    play: async ({ stage, random, thorough }) => {
      const victims = Array.from({ length: thorough ? 8 : 3 }, () => random.pick(serviceNames.filter((name) => name !== 'access')));
      for (const victim of victims) {
        await stage.services.restart(victim);
        await new Promise((resolve) => setTimeout(resolve, random.int(200, 1_500)));
      }
      return { times: victims.length, seen: `killed: ${victims.join(', ')}` };
    },
  },
  {
    name: 'terminate',
    what: 'Services are told to stop in the middle of their work, and started again',
    shownBy: 'each leaves with exit code 0 within 25 seconds',
    play: async ({ stage, random, thorough }) => {
      const victims = thorough ? serviceNames : random.shuffle(listeners).slice(0, 2);
      for (const victim of victims) {
        await stage.services.stop(victim);
        await stage.services.start(victim);
      }
      return { times: victims.length, seen: `${victims.length} services stopped well` };
    },
  },
];

/** Of each service, since it was started: who died counts from zero again. */
const duplicatesAt = async ({ stage }: Scene): Promise<Record<ServiceName, number>> => {
  const counts = serviceNames.map(async (service) => [service, await stage.metric(service, 'inbox_duplicates_total')] as const);
  return Object.fromEntries(await Promise.all(counts)) as Record<ServiceName, number>;
};

const sum = (one: number, other: number): number => one + other;
