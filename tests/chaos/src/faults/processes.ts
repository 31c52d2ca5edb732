import { setTimeout as sleep } from 'node:timers/promises';
import { eventually } from '@orderbus/testkit';
import { type ServiceName, serviceNames } from '@orderbus/tests-system/judge';
import { query } from '@orderbus/tests-system/sql';
import type { Fault } from '../fault.ts';

const listeners: readonly ServiceName[] = ['order', 'fulfillment', 'billing', 'notification'];

/** Waits until the process holds its service's outbox. */
const untilItSweeps = (adminUrl: string, schema: string): Promise<unknown> =>
  eventually(
    async () => {
      const rows = await query(
        adminUrl,
        `select from pg_locks l join pg_stat_activity a using (pid)
       where l.locktype = 'advisory' and l.granted and a.usename = $1 and a.state like 'idle in transaction%'`,
        [`orderbus_${schema}`],
      );
      if (rows.length === 0) throw new Error(`nobody sweeps the outbox of ${schema}`);
    },
    { withinMs: 45_000, everyMs: 20 },
  );

export const processes: readonly Fault[] = [
  {
    name: 'frozen-service',
    what: 'A service stands still for some seconds (SIGSTOP) with messages in hand; the others go on',
    shownBy: 'other services take messages meanwhile',
    short: true,
    play: async ({ stage, traffic, random }) => {
      const victim = random.pick(['billing', 'notification'] as const);
      const handled = () => stage.metric('order', 'handler_duration_seconds_count');
      const before = await handled();
      stage.services.freeze(victim);
      try {
        await traffic.sell(10);
        const took = await eventually(
          async () => {
            const more = (await handled()) - before;
            if (more === 0) throw new Error('nobody has taken anything');
            return more;
          },
          { withinMs: 30_000, everyMs: 250 },
        );
        await sleep(5_000);
        return { times: 1, seen: `order took ${took} messages while ${victim} stood still` };
      } finally {
        stage.services.thaw(victim);
      }
    },
  },
  {
    name: 'zombie-poller',
    what: 'A gateway is frozen while it reads a page, another one takes its store over, and the first one wakes up and wants to commit',
    shownBy: 'the first one says that another instance has taken over its store',
    play: async ({ stage, traffic }) => {
      const slow = await stage.amazon.begin({ kind: 'slow', delayMs: 4_000, operations: ['searchOrders'], times: 3 });
      const said = stage.services.lines('amazon-gateway').length;
      await eventually(
        async () => {
          if ((await slow.hits()) === 0) throw new Error('nobody reads');
        },
        { withinMs: 45_000, everyMs: 50 },
      );
      stage.services.freeze('amazon-gateway');
      await traffic.sell(20);
      await slow.end();
      // Two minutes, put forward.
      await query(
        stage.installation.databaseUrl,
        `update gateway.sync_cursor set lease_until = clock_timestamp() - interval '1 s' where lease_owner is not null`,
      );
      const successor = await stage.services.another('amazon-gateway');
      try {
        await eventually(
          async () => {
            const rows = await query(
              stage.installation.databaseUrl,
              `select from gateway.sync_cursor where lease_until > clock_timestamp() or polled_for > clock_timestamp() - interval '3 s'`,
            );
            if (rows.length === 0) throw new Error('nobody has taken over');
          },
          { withinMs: 45_000, everyMs: 100 },
        );
        await sleep(2_000);
        stage.services.thaw('amazon-gateway');
        await eventually(
          () => {
            if (
              !stage.services
                .lines('amazon-gateway')
                .slice(said)
                .some((line) => line.includes('another instance has taken over this store'))
            )
              throw new Error('the zombie has not noticed');
          },
          { withinMs: 30_000 },
        );
      } finally {
        stage.services.thaw('amazon-gateway');
        await successor.stop();
      }
      return { times: 1, seen: 'its commit was refused' };
    },
  },
  {
    name: 'zombie-relay',
    what: 'A service is frozen in the middle of publishing, its database connection is gone, a second instance publishes, and the first one wakes up',
    shownBy: 'it was frozen while it held the outbox; its connection was terminated',
    play: async ({ stage, traffic }) => {
      const { adminUrl } = stage.postgres;
      stage.toBroker.get('order')?.slow({ latencyMs: 400 });
      await traffic.sell(20);
      await untilItSweeps(adminUrl, 'orders');
      stage.services.freeze('order');
      const second = await stage.services.another('order');
      try {
        const rows = await query(
          adminUrl,
          `select pg_terminate_backend(l.pid) from pg_locks l join pg_stat_activity a using (pid) where l.locktype = 'advisory' and l.granted and a.usename = 'orderbus_orders'`,
        );
        await sleep(3_000);
        if (rows.length === 0) throw new Error('it did not hold the outbox any more when it was frozen');
      } finally {
        stage.services.thaw('order');
        await stage.toBroker.get('order')?.restore();
        await second.stop();
      }
      return { times: 1, seen: 'frozen with the outbox in hand' };
    },
  },
  {
    name: 'two-of-each',
    what: 'Every service runs twice at once; then the first ones are stopped and started, as in a rolling update',
    shownBy: 'both were ready; each first one left with exit code 0',
    play: async ({ stage, random, thorough }) => {
      const doubled = thorough ? serviceNames.filter((name) => name !== 'access' && name !== 'console') : [random.pick(listeners)];
      for (const service of doubled) {
        const second = await stage.services.another(service);
        await sleep(1_000);
        await stage.services.stop(service);
        await sleep(500);
        await stage.services.start(service);
        await second.stop();
      }
      return { times: doubled.length, seen: `${doubled.join(', ')} ran twice` };
    },
  },
  {
    name: 'start-order',
    what: 'Everything is away. Services start before their servers, in an order of chance; the database before the broker, or after it',
    shownBy: 'services say what they wait for, and become ready',
    play: async ({ stage, random }) => {
      for (const service of serviceNames) await stage.services.kill(service);
      await Promise.all([stage.postgres.stop('fast'), stage.rabbit?.stop()]);
      const said = stage.services.lines().length;
      await Promise.all(random.shuffle(serviceNames).map((service) => stage.services.start(service)));
      const starts = [() => stage.postgres.start(), () => stage.rabbit?.start()];
      for (const start of random.shuffle(starts)) {
        await start();
        await sleep(1_500);
      }
      const waited = stage.services
        .lines()
        .slice(said)
        .filter((line) => /waiting for/.test(line)).length;
      if (waited === 0) throw new Error('nobody has waited');
      return { times: 1, seen: `${waited} times somebody said what he waits for` };
    },
  },
  {
    name: 'backlog',
    what: 'Those who listen are away while hundreds of orders come, and find them all at once',
    shownBy: 'so many messages wait when they start',
    needs: 'rabbit',
    play: async ({ stage, traffic, thorough }) => {
      for (const service of listeners) await stage.services.stop(service);
      await traffic.sell(thorough ? 1_000 : 200);
      const waiting = await eventually(
        async () => {
          const queues = (await stage.rabbit?.queues()) ?? [];
          const sum = queues.reduce((all, { messages }) => all + messages, 0);
          if (sum < 400) throw new Error(`only ${sum} messages wait`);
          return sum;
        },
        { withinMs: 90_000, everyMs: 500 },
      );
      for (const service of listeners) await stage.services.start(service);
      return { times: 1, seen: `${waiting} messages waited` };
    },
  },
  {
    name: 'hot-order',
    what: 'One order changes a hundred times while the others go on',
    shownBy: 'the gateway has told of it many times',
    play: async ({ stage, traffic }) => {
      const hot = await traffic.sellOurs();
      for (let change = 0; change < 100; change++) {
        await fetch(`${stage.amazon.url}/sandbox/orders/${hot}`, {
          method: 'PATCH',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ raw: { sellerNote: `change ${change}` }, contact: { optedOut: change % 2 === 0 } }),
        });
        await sleep(60);
      }
      return { times: 100, seen: 'Amazon took 100 changes' };
    },
  },
];
