import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { eventually } from '@orderbus/testkit';
import { buyer } from '@orderbus/tests-system/canaries';
import { type ServiceName, serviceNames } from '@orderbus/tests-system/installation';
import { query } from '@orderbus/tests-system/sql';
import type { Traffic } from '@orderbus/tests-system/traffic';
import type { Fault } from '../fault.ts';
import { faketime } from '../servers/account.ts';
import type { Stage } from '../stage.ts';
import { arrives } from './orders.ts';

const listeners: readonly ServiceName[] = ['order', 'fulfillment', 'billing', 'notification'];

/** Freezes `order` while it holds its outbox: a sweep may have ended just before. */
const freezeInMidSweep = ({ postgres, services }: Stage, traffic: Traffic): Promise<void> =>
  eventually(
    async () => {
      await traffic.sell(20);
      await eventually(() => sweeps(postgres.adminUrl), { withinMs: 10_000, everyMs: 20 });
      services.freeze('order');
      try {
        await sweeps(postgres.adminUrl);
      } catch (error) {
        services.thaw('order');
        throw error;
      }
    },
    { withinMs: 60_000 },
  );

/** @throws when nobody holds the outbox of `order` */
const sweeps = async (adminUrl: string): Promise<void> => {
  const rows = await query(
    adminUrl,
    `select from pg_locks l join pg_stat_activity a using (pid)
     where l.locktype = 'advisory' and l.granted and a.usename = 'orderbus_orders' and a.state like 'idle in transaction%'`,
  );
  if (rows.length === 0) throw new Error('nobody sweeps the outbox of order');
};

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
      // The lease, put forward to its end.
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
      await freezeInMidSweep(stage, traffic);
      const second = await stage.services.another('order');
      try {
        const rows = await query(
          adminUrl,
          `select pg_terminate_backend(l.pid) from pg_locks l join pg_stat_activity a using (pid) where l.locktype = 'advisory' and l.granted and a.usename = 'orderbus_orders'`,
        );
        if (rows.length === 0) throw new Error('it did not hold the outbox any more when it was frozen');
        await sleep(3_000);
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
    name: 'clock-skew',
    what: 'The clock of every service is wrong by an hour, of some forwards and of some backwards; then it jumps by two',
    shownBy: 'each has written down a time that is wrong by more than half an hour',
    needs: 'faketime',
    play: async ({ stage, traffic, random }) => {
      const { services } = stage;
      const folder = await mkdtemp(join(tmpdir(), 'orderbus-chaos-clocks-'));
      const isAhead = new Map(serviceNames.map((service) => [service, random.chance(0.5)]));
      const said = new Map(serviceNames.map((service) => [service, services.lines(service).length]));
      const set = (service: ServiceName, ahead: boolean) => writeFile(join(folder, service), ahead ? '+1h' : '-1h');
      try {
        for (const service of serviceNames) {
          await set(service, isAhead.get(service) === true);
          await services.stop(service);
          await services.start(service, { environment: wrongClock(join(folder, service)) });
        }
        await traffic.sell(10);
        await sleep(5_000);
        for (const service of serviceNames) await set(service, isAhead.get(service) !== true);
        await traffic.sell(10);
        await sleep(5_000);
        const right = serviceNames.filter((service) => !services.lines(service).slice(said.get(service)).some(isWrong));
        if (right.length > 0) throw new Error(`the clock of ${right.join(', ')} was right`);
      } finally {
        for (const service of serviceNames) await services.restart(service);
        await rm(folder, { recursive: true, force: true });
      }
      return { times: serviceNames.length, seen: `${serviceNames.length} clocks were wrong, and jumped` };
    },
  },
  {
    name: 'slow-consumer',
    what: 'A service works at a fraction of its speed, and what it has to do piles up; the others go on',
    shownBy: 'so many messages wait for it, and few for the others',
    needs: 'rabbit',
    play: async ({ stage, traffic }) => {
      const waiting = async (service: ServiceName): Promise<number> => {
        const queues = (await stage.rabbit?.queues()) ?? [];
        return queues.filter(({ name }) => name === `orderbus.${service}`).reduce((sum, { messages }) => sum + messages, 0);
      };
      stage.toDatabase.get('fulfillment')?.slow({ latencyMs: 700 });
      await traffic.sell(80);
      const [here, there] = await eventually(
        async () => {
          const [slow, quick] = await Promise.all([waiting('fulfillment'), waiting('order')]);
          if (slow < 40 || quick > slow / 2) throw new Error(`${slow} messages wait for it, ${quick} for another`);
          return [slow, quick] as const;
        },
        { withinMs: 60_000, everyMs: 250 },
      );
      return { times: 1, seen: `${here} messages waited for fulfillment, ${there} for order` };
    },
  },
  {
    name: 'start-order',
    what: 'Everything is away, several times. Services start before their servers, in an order of chance; the database before the broker, or after it',
    shownBy: 'services say what they wait for, and become ready',
    play: async ({ stage, random, thorough }) => {
      const said = stage.services.lines().length;
      const times = thorough ? 6 : 2;
      for (let n = 0; n < times; n++) {
        await Promise.all(serviceNames.map((service) => stage.services.kill(service)));
        await Promise.all([stage.postgres.stop('fast'), stage.rabbit?.stop()]);
        await Promise.all(random.shuffle(serviceNames).map((service) => stage.services.start(service)));
        const starts = [() => stage.postgres.start(), () => stage.rabbit?.start()];
        // Each of the two first in turn.
        for (const start of n % 2 === 0 ? starts : starts.toReversed()) {
          await start();
          await sleep(1_000);
        }
        await stage.heal();
      }
      const waited = stage.services
        .lines()
        .slice(said)
        .filter((line) => /waiting for/.test(line)).length;
      if (waited === 0) throw new Error('nobody has waited');
      return { times, seen: `${waited} times somebody said what he waits for` };
    },
  },
  {
    name: 'backlog',
    what: 'Those who listen are away while hundreds of orders come (three thousand, when there is time), and find them all at once',
    shownBy: 'so many messages wait when they start',
    needs: 'rabbit',
    play: async ({ stage, traffic, thorough }) => {
      await Promise.all(listeners.map((service) => stage.services.stop(service)));
      const orders = thorough ? 3_000 : 300;
      for (let sold = 0; sold < orders; sold += 300) await traffic.sell(300);
      const waiting = await eventually(
        async () => {
          const queues = (await stage.rabbit?.queues()) ?? [];
          const sum = queues.reduce((all, { messages }) => all + messages, 0);
          if (sum < 2 * orders) throw new Error(`only ${sum} messages wait`);
          return sum;
        },
        { withinMs: 180_000, everyMs: 500 },
      );
      await Promise.all(listeners.map((service) => stage.services.start(service)));
      return { times: 1, seen: `${waiting} messages waited` };
    },
  },
  {
    name: 'hot-order',
    what: 'One order changes hundreds of times while the others go on',
    shownBy: 'the gateway has told of it many times; others arrive meanwhile not much later than before',
    play: async ({ stage, traffic }) => {
      const hot = await traffic.sellOurs();
      await arrives(stage, hot);
      const slowest = async (count: number): Promise<number> => {
        let longest = 0;
        for (let n = 0; n < count; n++) longest = Math.max(longest, await arrives(stage, await traffic.sellOurs()));
        return longest;
      };
      const before = await slowest(3);
      let measuring = true;
      const measured = slowest(5).finally(() => {
        measuring = false;
      });
      measured.catch(() => {});
      let changes = 0;
      for (; changes < 300 || measuring; changes++) {
        await fetch(`${stage.amazon.url}/sandbox/orders/${hot}`, {
          method: 'PATCH',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ raw: { buyer: { buyerName: `${buyer.name} ${changes}`, buyerEmail: buyer.email } } }),
        });
        await sleep(20);
      }
      const others = await measured;
      const told = await query(
        stage.installation.databaseUrl,
        'select from gateway.event_log e join gateway.amazon_order o on o.id = e.aggregate_id where o.amazon_order_id = $1',
        [hot],
      );
      if (told.length < 5) throw new Error(`the gateway has told of it only ${told.length} times`);
      const most = Math.max(10, 5 * before);
      if (others > most) throw new Error(`others took ${others.toFixed(1)} s to arrive, ${before.toFixed(1)} s before`);
      return {
        times: changes,
        seen: `told of ${told.length} times; others took ${others.toFixed(1)} s at most, ${before.toFixed(1)} s before`,
      };
    },
  },
];

const wrongClock = (file: string): Readonly<Record<string, string>> => ({
  LD_PRELOAD: faketime() ?? '',
  ...{ FAKETIME_TIMESTAMP_FILE: file, FAKETIME_CACHE_DURATION: '1', DONT_FAKE_MONOTONIC: '1', FAKETIME_DONT_FAKE_MONOTONIC: '1' },
});

/** A line of the log with a time that is wrong by more than half an hour. */
const isWrong = (line: string): boolean => {
  const [, time] = /"time":"?([^",]+)/.exec(line) ?? [];
  const at = Number(time) || Date.parse(time ?? '');
  return Math.abs(at - Date.now()) > 1_800_000;
};
