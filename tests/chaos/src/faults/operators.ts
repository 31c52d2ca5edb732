import { setTimeout as sleep } from 'node:timers/promises';
import { changeKeys, filePlace, queriesAt, rings } from '@orderbus/setup/keys';
import { eventually } from '@orderbus/testkit';
import { type ServiceName, serviceNames } from '@orderbus/tests-system/installation';
import { killConnections, query } from '@orderbus/tests-system/sql';
import type { Fault } from '../fault.ts';
import { replayEvents } from '../operator.ts';
import { keysEveryMs, type Stage } from '../stage.ts';
import { tamper } from './strangers.ts';

const listeners = ['order', 'fulfillment', 'billing', 'notification'] as const satisfies readonly ServiceName[];

/** Somebody has thrown away what was waiting: the command that finds it says how much. */
const missing = (stage: Stage, ...to: readonly ServiceName[]): Promise<number> =>
  eventually(
    async () => {
      const count = await replayEvents(stage, '--dry', ...to.flatMap((name) => ['--to', name]));
      if (count === 0) throw new Error('nobody misses anything');
      return count;
    },
    { withinMs: 60_000, everyMs: 1_000 },
  );

/** Setup is run again; what was lost comes from the event logs. */
const mend = async (stage: Stage, ...to: readonly ServiceName[]): Promise<number> => {
  await stage.setUp();
  // RabbitMQ 3.10 may lose a queue that was deleted and declared anew when it is killed right after.
  await sleep(8_000);
  return replayEvents(stage, ...to.flatMap((name) => ['--to', name]));
};

const shownByReplay = '`npm run replay -- --dry` counts what its service never took';

/** Reaches zero, and stays a fact for the run if it does not. */
const noneOf = (stage: Stage, what: string, sql: string): Promise<void> =>
  eventually(
    async () => {
      const [row] = await query<{ n: number }>(stage.installation.databaseUrl, sql);
      if (row?.n !== 0) throw new Error(`${row?.n} ${what}`);
    },
    { withinMs: 30_000, everyMs: 250 },
  );

const forgotten = async ({ installation }: Stage): Promise<number> => {
  const rows = await query(installation.databaseUrl, 'select from orders.buyer_vault where purged_at is not null');
  return rows.length;
};

/** What an administrator does, or should not have done. */
export const operators: readonly Fault[] = [
  {
    name: 'queue-deleted',
    what: 'An administrator deletes the queue of a service that is consuming it. Setup makes it again; what was lost comes from the event logs',
    shownBy: shownByReplay,
    needs: 'rabbit',
    play: async ({ stage, traffic, random }) => {
      const victim = random.pick(listeners);
      await stage.rabbit?.api('DELETE', `/queues/%2F/orderbus.${victim}`);
      await traffic.sell(20);
      const lost = await missing(stage, victim);
      const back = await mend(stage, victim);
      return { times: 1, seen: `${victim} missed ${lost} events; ${back} were delivered again` };
    },
  },
  {
    name: 'broker-wiped',
    what: 'The virtual host is deleted with all that is in it, and is there again, empty. Setup makes the queues; what was lost comes from the event logs',
    shownBy: shownByReplay,
    needs: 'rabbit',
    play: async ({ stage, traffic }) => {
      const { rabbit } = stage;
      await Promise.all(listeners.map((service) => stage.services.stop(service)));
      await traffic.sell(20);
      await eventually(
        async () => {
          const waiting = ((await rabbit?.queues()) ?? []).reduce((sum, { messages }) => sum + messages, 0);
          if (waiting < 20) throw new Error(`only ${waiting} messages wait`);
        },
        { withinMs: 60_000, everyMs: 250 },
      );
      await rabbit?.api('DELETE', '/vhosts/%2F');
      await rabbit?.api('PUT', '/vhosts/%2F');
      await rabbit?.api('PUT', '/permissions/%2F/guest', { configure: '.*', write: '.*', read: '.*' });
      const lost = await missing(stage);
      const back = await mend(stage);
      await Promise.all(listeners.map((service) => stage.services.start(service)));
      return { times: 1, seen: `${lost} events were missed; ${back} were delivered again` };
    },
  },
  {
    name: 'events-lost',
    what: 'Of the messages that wait for a service, every tenth is thrown away. It is found, and comes again from the event logs',
    shownBy: shownByReplay,
    play: async ({ stage, traffic, random }) => {
      const victim = random.pick(['order', 'fulfillment'] as const);
      await stage.services.stop(victim);
      await traffic.sell(30);
      await sleep(3_000);
      const thrownAway = await tamper(stage, victim, (batch) => {
        const first = random.int(0, Math.min(9, batch.length - 1));
        const back = batch.filter((_, n) => n % 10 !== first);
        return { back, answer: batch.length - back.length };
      });
      await stage.services.start(victim);
      const found = await missing(stage, victim);
      const back = await replayEvents(stage, '--to', victim);
      return {
        times: thrownAway,
        seen: `${thrownAway} messages for ${victim} were thrown away; ${found} were missed, ${back} delivered again`,
      };
    },
  },
  {
    name: 'secrets-rotated',
    what: 'All passwords of the database and the broker, and the secrets of the services, change. The old ones are refused at once; the services get the new ones, one after the other',
    shownBy: 'the database and the broker refuse who comes with the old password',
    play: async ({ stage, random }) => {
      const { rabbit, services, installation } = stage;
      const old = services.settingsOf('order');
      await stage.setUp(`rotated ${random.int(1, 1_000_000)}`);
      const [killed] = await Promise.all([killConnections(installation.databaseUrl), rabbit?.closeAllConnections()]);
      await refused('the database', () => query(old.DATABASE_URL as string, 'select 1'));
      const { username, password } = new URL(old.BROKER_URL as string);
      if (rabbit) await refused('the broker', () => rabbit.ctl('authenticate_user', username, password));
      // As long as nobody lets them in.
      await sleep(2_000);
      for (const service of serviceNames) {
        await services.stop(service);
        await services.start(service);
      }
      return { times: 1, seen: `the old passwords were refused; ${killed} connections were open with them` };
    },
  },
  {
    name: 'data-keys-rotated',
    what: 'The data keys change while everything runs: a new one seals, and all that is kept is sealed with it',
    shownBy: 'the new key seals; what is kept of buyers is sealed with it',
    play: async ({ stage, traffic }) => {
      const { installation, keysFile } = stage;
      await traffic.sell(10);
      const holders = rings.flatMap((ring) => ring.holders);
      const place = {
        ...{ ...filePlace(keysFile), name: 'all', holders },
        withQueries: <T>({ schema }: { schema: string }, work: Parameters<typeof queriesAt<T>>[2]) =>
          queriesAt(installation.databaseUrl, schema, work),
      };
      await changeKeys({ place, everyMs: keysEveryMs, say: () => {} });
      const [id] = (await place.keys()).split(':');
      const [row] = await query<{ n: number }>(
        installation.databaseUrl,
        `select count(*)::int as n from gateway.amazon_order where sealed_buyer::text like '%v1.${id}.%'`,
      );
      if (!row?.n) throw new Error(`nothing is sealed with ${id}`);
      return { times: 1, seen: `${row.n} buyers are sealed with ${id}` };
    },
  },
  {
    name: 'buyers-forgotten',
    what: 'Buyers are forgotten while everything that was ever told of them is delivered again',
    shownBy: 'so many more are forgotten; none of them stands sealed in the gateway, the vault or an event log afterwards',
    play: async ({ stage, traffic }) => {
      const before = await forgotten(stage);
      await traffic.sell(20);
      await stage.services.stop('order');
      const soon = { VAULT_LONGEST: '1s', VAULT_KEPT: '1s', VAULT_TRANSIT: '1s', VAULT_PURGE_EVERY: '200ms' };
      await stage.services.start('order', { environment: soon });
      const again = await replayEvents(stage, '--all', '--to', 'order', '--to', 'amazon-gateway');
      const more = await eventually(
        async () => {
          const now = (await forgotten(stage)) - before;
          if (now < 10) throw new Error(`only ${now} were forgotten`);
          return now;
        },
        { withinMs: 45_000, everyMs: 250 },
      );
      await stage.services.stop('order');
      await stage.services.start('order');
      await noneOf(
        stage,
        'buyers are there again',
        `select count(*)::int as n from orders.buyer_vault v join gateway.amazon_order o on o.id = v.order_id
         where v.purged_at is not null and (v.sealed is not null or o.sealed_buyer is not null
           or exists (select from gateway.event_log e where e.aggregate_id = o.id and e.data ->> 'sealedBuyer' is not null))`,
      );
      return { times: more, seen: `${more} buyers were forgotten while ${again} events came again` };
    },
  },
];

const refused = async (who: string, what: () => Promise<unknown>): Promise<void> => {
  const letIn = await what().then(
    () => true,
    () => false,
  );
  if (letIn) throw new Error(`${who} still takes the old password`);
};
