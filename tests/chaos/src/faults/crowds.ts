import { eventually } from '@orderbus/testkit';
import type { ServiceProcess } from '@orderbus/tests-system/fleet';
import { type ServiceName, serviceNames } from '@orderbus/tests-system/installation';
import { openMischief } from '@orderbus/tests-system/mischief';
import { outOfOrder } from '@orderbus/tests-system/out-of-order';
import type { Fault } from '../fault.ts';
import type { Rabbit } from '../servers/rabbit.ts';
import type { Stage } from '../stage.ts';

const listeners: readonly ServiceName[] = ['amazon-gateway', 'order', 'fulfillment', 'billing', 'notification', 'console'];
const size = 4;

/** Four of each, at once. The first is where the shop asks. */
interface Crowd {
  /** One of them is gone without a word, and another one comes in its place. */
  replace(service: ServiceName, index: number): Promise<void>;
  /** Only the first is left, with these numbers of queues. */
  disperse(partitions: readonly number[]): Promise<void>;
}

const gather = async ({ services }: Stage, partitions: readonly number[]): Promise<Crowd> => {
  const wish = { environment: { QUEUE_PARTITIONS: partitions.join() } };
  const others = new Map<ServiceName, ServiceProcess[]>();
  for (const service of serviceNames) {
    others.set(service, await Promise.all(Array.from({ length: size - 1 }, () => services.another(service, wish))));
    await services.restart(service, wish);
  }
  return {
    replace: async (service, index) => {
      if (index === 0) return services.restart(service, wish);
      const beside = others.get(service) as ServiceProcess[];
      await beside[index - 1]?.kill();
      beside[index - 1] = await services.another(service, wish);
    },
    disperse: async (left) => {
      for (const service of serviceNames) {
        await services.restart(service, { environment: { QUEUE_PARTITIONS: left.join() } });
        await Promise.all((others.get(service) ?? []).map((one) => one.kill()));
      }
    },
  };
};

/** By whom the queues of a service are worked on just now. */
const workers = async (rabbit: Rabbit): Promise<ReadonlyMap<ServiceName, number>> => {
  const consumers = await rabbit.api<Consumer[]>('GET', '/consumers');
  return new Map(
    listeners.map((service) => {
      const active = consumers.filter(({ queue, active }) => active && queue.name.startsWith(`orderbus.${service}.of${size}.`));
      return [service, new Set(active.map(({ channel_details }) => channel_details.connection_name)).size];
    }),
  );
};

interface Consumer {
  readonly queue: { readonly name: string };
  readonly active: boolean;
  readonly channel_details: { readonly connection_name: string };
}

const untilWorkedOff = (rabbit: Rabbit, names: RegExp): Promise<void> =>
  eventually(
    async () => {
      const held = (await rabbit.queues()).filter(({ name, messages }) => names.test(name) && messages > 0);
      if (held.length > 0) throw new Error(`messages are left in ${held.map(({ name }) => name).join()}`);
    },
    { withinMs: 90_000, everyMs: 500 },
  );

export const crowds: readonly Fault[] = [
  {
    name: 'four-of-each',
    what: 'Every service runs four times. Its queue becomes four, and one again, while all work; what is told comes shuffled, late and twice; one of each four is killed, and another one comes',
    shownBy:
      'each of the four works on one of the four queues of its service; events came late and twice; no effect came before that of an earlier version',
    needs: 'rabbit',
    patience: { seconds: 120, why: 'twenty-eight processes have caught up on two processors' },
    play: async ({ stage, traffic, random }) => {
      const since = new Date();
      const rabbit = stage.rabbit as Rabbit;
      await stage.setUpQueues([size, 1]);
      const crowd = await gather(stage, [size, 1]);
      const mischief = await openMischief(rabbit);
      try {
        await traffic.sell(60);
        await eventually(
          async () => {
            const few = [...(await workers(rabbit))].filter(([, count]) => count < size);
            await traffic.sell(2);
            if (few.length > 0) throw new Error(`not all work: ${few.join('; ')}`);
          },
          { withinMs: 120_000, everyMs: 1_000 },
        );
        for (const service of random.shuffle(serviceNames)) {
          await traffic.sell(5);
          await crowd.replace(service, random.int(0, size - 1));
        }
      } finally {
        await mischief.leave();
      }
      await stage.setUpQueues([1, size]);
      await crowd.disperse([1, size]);
      await untilWorkedOff(rabbit, new RegExp(`\\.of${size}\\.`));
      const wrong = await outOfOrder(stage.installation.databaseUrl, since);
      if (wrong.length > 0) throw new Error(`effects out of order: ${JSON.stringify(wrong.slice(0, 3))}`);
      const { events, late, twice } = mischief;
      if (Math.min(late, twice) < 20) throw new Error(`of ${events} events ${late} came late, and ${twice} twice`);
      return { times: serviceNames.length, seen: `four of each at work; of ${events} events ${late} came late, ${twice} twice` };
    },
  },
];
