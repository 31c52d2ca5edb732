import { setTimeout as sleep } from 'node:timers/promises';
import { eventually } from '@orderbus/testkit';
import { serviceNames } from '@orderbus/tests-system/installation';
import { query } from '@orderbus/tests-system/sql';
import type { Fault, Scene } from '../fault.ts';
import type { Rabbit } from '../servers/rabbit.ts';
import { arrives, cancelByBuyer } from './orders.ts';

const rabbitOf = ({ stage: { rabbit } }: Scene): Rabbit => {
  if (!rabbit) throw new Error('there is no RabbitMQ');
  return rabbit;
};

/** Somebody has lost his connection to the broker, and has made a new one. */
const connects = async ({ stage }: Scene): Promise<number> => {
  const counts = await Promise.all(serviceNames.map((service) => stage.metric(service, 'amqp_connects_total')));
  return counts.reduce((sum, one) => sum + one, 0);
};

const whileReconnecting = async (scene: Scene, what: () => Promise<void>): Promise<string> => {
  const before = await connects(scene);
  await what();
  const more = await eventually(
    async () => {
      const made = (await connects(scene)) - before;
      if (made < serviceNames.length) throw new Error(`only ${made} connections were made anew`);
      return made;
    },
    { withinMs: 60_000, everyMs: 250 },
  );
  return `${more} connections were made anew`;
};

const retryQueue = 'orderbus.order.retry.100';

/** A message as RabbitMQ's management gives it, and takes it back. */
interface TakenMessage {
  readonly properties: object;
  readonly payload: string;
  readonly payload_encoding: string;
}

/** As the consumer of this queue takes the first three. A gateway that has died before is polled for once its lease is over. */
const takenFrom = (rabbit: Rabbit, queue: string): Promise<TakenMessage[]> =>
  eventually(
    async () => {
      const waiting = (await rabbit.queues()).find(({ name }) => name === queue)?.messages ?? 0;
      if (waiting < 3) throw new Error(`${waiting} messages are in ${queue}`);
      const request = { count: 3, ackmode: 'ack_requeue_false', encoding: 'base64' };
      return rabbit.api<TakenMessage[]>('POST', `/queues/%2F/${queue}/get`, request);
    },
    { withinMs: 60_000, everyMs: 250 },
  );

/** As a consumer puts aside what it could not handle. */
const toBeTriedAgain = async (rabbit: Rabbit, messages: readonly TakenMessage[]): Promise<void> => {
  for (const { properties, payload, payload_encoding } of messages) {
    const content = { properties, payload, payload_encoding, routing_key: retryQueue };
    const { routed } = await rabbit.api<{ routed: boolean }>('POST', '/exchanges/%2F/orderbus.order.out/publish', content);
    if (!routed) throw new Error(`${retryQueue} did not get a message`);
  }
};

export const servers: readonly Fault[] = [
  {
    name: 'broker-kill',
    what: 'RabbitMQ is killed, and started again',
    shownBy: 'every service has to connect anew',
    needs: 'rabbit',
    short: true,
    play: async (scene) => {
      const rabbit = rabbitOf(scene);
      const seen = await whileReconnecting(scene, async () => {
        await rabbit.kill();
        await sleep(scene.random.int(500, 2_000));
        await rabbit.start();
      });
      return { times: 1, seen };
    },
  },
  {
    name: 'broker-stop',
    what: 'RabbitMQ is shut down in good order, stays away for some seconds, and comes back',
    shownBy: 'every service has to connect anew',
    needs: 'rabbit',
    play: async (scene) => {
      const rabbit = rabbitOf(scene);
      const seen = await whileReconnecting(scene, async () => {
        await rabbit.stop();
        await sleep(scene.random.int(2_000, 5_000));
        await rabbit.start();
      });
      return { times: 1, seen };
    },
  },
  {
    name: 'broker-app-stop',
    what: 'The broker inside its virtual machine is stopped and started: stop_app, start_app',
    shownBy: 'every service has to connect anew',
    needs: 'rabbit',
    play: async (scene) => {
      const rabbit = rabbitOf(scene);
      const seen = await whileReconnecting(scene, async () => {
        await rabbit.ctl('stop_app');
        await rabbit.ctl('start_app');
      });
      return { times: 1, seen };
    },
  },
  {
    name: 'broker-connections-closed',
    what: 'An administrator closes all connections at the broker, again and again',
    shownBy: 'the broker says how many it has closed; every service connects anew',
    needs: 'rabbit',
    play: async (scene) => {
      const rabbit = rabbitOf(scene);
      let closed = 0;
      const seen = await whileReconnecting(scene, async () => {
        for (let blow = 0; blow < 3; blow++) {
          closed += await eventually(
            async () => {
              const now = await rabbit.closeAllConnections();
              if (now === 0) throw new Error('nobody is connected');
              return now;
            },
            { withinMs: 30_000, everyMs: 200 },
          );
          await sleep(scene.random.int(200, 800));
        }
      });
      return { times: 3, seen: `${closed} connections closed; ${seen}` };
    },
  },
  {
    name: 'broker-memory-alarm',
    what: 'The broker has no memory left, and takes no messages: publishers are blocked, consumers are not',
    shownBy: 'amqp_blocked is 1 at somebody who wanted to publish',
    needs: 'rabbit',
    play: (scene) => alarm(scene, ['set_vm_memory_high_watermark', 'absolute', '1'], ['set_vm_memory_high_watermark', '0.4']),
  },
  {
    name: 'broker-disk-alarm',
    what: 'The broker has no disk left, and takes no messages',
    shownBy: 'amqp_blocked is 1 at somebody who wanted to publish',
    needs: 'rabbit',
    play: (scene) => alarm(scene, ['set_disk_free_limit', '100000GB'], ['set_disk_free_limit', '50MB']),
  },
  {
    name: 'broker-queue-full',
    what: 'The queue of a service that stands still is full, and takes neither events nor what is to be tried again',
    shownBy: 'outbox_publish_failures_total grows; a message of its retry queue cannot come back',
    needs: 'rabbit',
    play: async (scene) => {
      const rabbit = rabbitOf(scene);
      const { stage, traffic } = scene;
      const policy = '/policies/%2F/chaos-short';
      const refusals = () => stage.metric('amazon-gateway', 'outbox_publish_failures_total');
      await stage.services.stop('order');
      const before = await refusals();
      await traffic.sell(3);
      const again = await takenFrom(rabbit, 'orderbus.order');
      await rabbit.api('PUT', policy, {
        pattern: '^orderbus\\.order$',
        'apply-to': 'queues',
        priority: 10,
        definition: { 'max-length': 5, overflow: 'reject-publish' },
      });
      let refused = 0;
      try {
        await traffic.sell(30);
        refused = await eventually(
          async () => {
            const unconfirmed = (await refusals()) - before;
            if (unconfirmed === 0) throw new Error('everything was confirmed');
            return unconfirmed;
          },
          { withinMs: 45_000, everyMs: 250 },
        );
      } finally {
        await toBeTriedAgain(rabbit, again);
        // The retry queue has offered them by then, and was refused.
        await sleep(2_000);
        await rabbit.api('DELETE', policy);
      }
      return { times: 1, seen: `${refused} events and ${again.length} messages of a retry queue were refused, and kept` };
    },
  },
  {
    name: 'postgres-restart',
    what: 'PostgreSQL is restarted; what was open is rolled back',
    shownBy: 'the server has another process and answers; services say that they have lost connections',
    play: (scene) => restartPostgres(scene, 'fast'),
  },
  {
    name: 'postgres-crash',
    what: 'PostgreSQL crashes (immediate stop) and recovers from its log',
    shownBy: 'the server has another process and answers; services say that they have lost connections',
    short: true,
    play: (scene) => restartPostgres(scene, 'immediate'),
  },
  {
    name: 'postgres-connections-terminated',
    what: 'All connections to the database are terminated, again and again',
    shownBy: 'pg_terminate_backend says how many there were',
    play: async ({ stage, random }) => {
      let killed = 0;
      for (let blow = 0; blow < 8; blow++) {
        const rows = await query(
          stage.postgres.adminUrl,
          `select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and backend_type = 'client backend'`,
        );
        killed += rows.length;
        await sleep(random.int(100, 700));
      }
      if (killed === 0) throw new Error('there was no connection to terminate');
      return { times: 8, seen: `${killed} connections were terminated` };
    },
  },
  {
    name: 'postgres-table-locked',
    what: 'Somebody holds the tables of the order service for longer than anybody waits for a lock, as a migration gone wrong does',
    shownBy: 'handlers of the order service give up waiting for it',
    play: async ({ stage, traffic }) => {
      // Whoever is still getting over what was before waits for nothing.
      await arrives(stage, await traffic.sellOurs());
      const before = stage.services.lines('order').length;
      const holding = query(
        stage.installation.databaseUrl,
        'begin; lock table orders.orders in access exclusive mode; select pg_sleep(20); commit',
      );
      await traffic.sell(10);
      await holding;
      const gaveUp = await eventually(
        () => {
          const lines = stage.services
            .lines('order')
            .slice(before)
            .filter((line) => /lock timeout/.test(line));
          if (lines.length === 0) throw new Error('nobody has waited for the lock');
          return lines.length;
        },
        { withinMs: 20_000 },
      );
      return { times: 1, seen: `${gaveUp} times somebody gave up waiting` };
    },
  },
  {
    name: 'postgres-disk-full',
    what: 'The disk of PostgreSQL is full, for its data as for its log; after some seconds there is room again',
    shownBy: 'services are told so, or PostgreSQL ends; it is started again where it has',
    needs: 'root',
    play: async ({ stage, traffic }) => {
      const { postgres, services } = stage;
      if (!postgres.disk) throw new Error('it has no disk of its own');
      const said = services.lines().length;
      await postgres.disk.fill();
      try {
        await traffic.sell(30);
        const felt = await eventually(
          () => {
            const lines = services
              .lines()
              .slice(said)
              .filter((line) => /No space left|could not extend|disk full|53100/i.test(line));
            if (lines.length === 0 && postgres.running) throw new Error('nobody has noticed');
            return lines.length;
          },
          { withinMs: 60_000, everyMs: 250 },
        );
        await sleep(4_000);
        const ended = !postgres.running;
        return { times: 1, seen: `${felt} times somebody was told${ended ? '; PostgreSQL ended' : ''}` };
      } finally {
        await postgres.disk.free();
        if (!postgres.running) await postgres.start();
      }
    },
  },
  {
    name: 'postgres-deadlocks',
    what: 'Somebody locks the shelves in the opposite order, again and again: of two that wait for each other, PostgreSQL ends ours',
    shownBy: 'PostgreSQL counts the deadlocks',
    play: async ({ stage, traffic }) => {
      const { databaseUrl } = stage.installation;
      const count = async (): Promise<number> => {
        const [row] = await query<{ n: number }>(
          databaseUrl,
          'select deadlocks::int as n from pg_stat_database where datname = current_database()',
        );
        return row?.n ?? 0;
      };
      const before = await count();
      let more = 0;
      for (let round = 0; round < 12 && more < 2; round++) {
        await traffic.sell(25);
        await query(databaseUrl, lockShelvesBackwards).catch(() => {});
        more = (await count()) - before;
      }
      const deadlocks = await eventually(
        async () => {
          const now = (await count()) - before;
          if (now === 0) throw new Error('nobody has waited for somebody who waits for him');
          return now;
        },
        { withinMs: 5_000, everyMs: 250 },
      );
      return { times: deadlocks, seen: `${deadlocks} deadlocks` };
    },
  },
  {
    name: 'order-stuck',
    what: 'One order cannot be worked on: somebody holds its row for longer than anybody waits for a lock',
    shownBy: 'its handler gives up waiting; orders that were sold meanwhile have arrived',
    play: async ({ stage, traffic }) => {
      const { databaseUrl } = stage.installation;
      const said = stage.services.lines('order').length;
      const stuck = await traffic.sellOurs();
      await arrives(stage, stuck);
      const held = query(
        databaseUrl,
        `begin; select from orders.orders where amazon_order_id = '${stuck}' for update; select pg_sleep(90); rollback`,
      ).catch(() => {});
      await cancelByBuyer(stage, stuck);
      const others = await Promise.all(Array.from({ length: 5 }, () => traffic.sellOurs()));
      const waited = Math.max(...(await Promise.all(others.map((order) => arrives(stage, order)))));
      await eventually(
        () => {
          const gaveUp = stage.services
            .lines('order')
            .slice(said)
            .some((line) => /lock timeout/.test(line));
          if (!gaveUp) throw new Error('nobody has waited for it');
        },
        { withinMs: 60_000 },
      );
      await query(
        databaseUrl,
        `select pg_terminate_backend(pid) from pg_stat_activity where query like '%pg_sleep(90)%' and pid <> pg_backend_pid()`,
      );
      await held;
      // Ten seconds for each message about it that comes for the first time, and little for those that come again.
      if (waited > 45) throw new Error(`the others waited for ${waited.toFixed(0)} s`);
      return { times: 1, seen: `five others had arrived after ${waited.toFixed(1)} s` };
    },
  },
];

/** It never gives way itself: who looks for deadlocks after a minute finds none. */
const lockShelvesBackwards = `begin; set local deadlock_timeout = '1min'; set local lock_timeout = '15s';
do $$ declare shelf record; begin
  for shelf in select sku, location from fulfillment.stock order by sku desc, location desc loop
    perform from fulfillment.stock s where s.sku = shelf.sku and s.location = shelf.location for update;
    perform pg_sleep(0.03);
  end loop;
end $$; rollback`;

const alarm = async (scene: Scene, on: readonly string[], off: readonly string[]) => {
  const rabbit = rabbitOf(scene);
  await rabbit.ctl(...on);
  try {
    const blocked = await eventually(
      async () => {
        const counts = await Promise.all(serviceNames.map((service) => scene.stage.metric(service, 'amqp_blocked')));
        const now = counts.filter((one) => one > 0).length;
        if (now === 0) throw new Error('nobody is blocked');
        return now;
      },
      { withinMs: 45_000, everyMs: 250 },
    );
    await sleep(2_000);
    return { times: 1, seen: `${blocked} services were blocked` };
  } finally {
    await rabbit.ctl(...off);
  }
};

const restartPostgres = async ({ stage }: Scene, how: 'fast' | 'immediate') => {
  const { postgres, services } = stage;
  const [before, said] = [postgres.pid, services.lines().length];
  await postgres.stop(how);
  await postgres.start();
  if (postgres.pid === before) throw new Error('it is the same process');
  const lost = await eventually(
    () => {
      const lines = services.lines().length - said;
      if (lines === 0) throw new Error('nobody has noticed');
      return lines;
    },
    { withinMs: 30_000 },
  );
  return { times: 1, seen: `the services had ${lost} things to say about it` };
};
