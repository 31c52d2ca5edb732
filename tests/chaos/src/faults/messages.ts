import { randomUUID } from 'node:crypto';
import type { Delivery, OutgoingMessage } from '@orderbus/messaging';
import { eventually } from '@orderbus/testkit';
import { serviceNames } from '@orderbus/tests-system/installation';
import { query } from '@orderbus/tests-system/sql';
import type { Fault, Scene } from '../fault.ts';
import { cancelByBuyer } from './orders.ts';
import { asStranger, tamper } from './strangers.ts';

/** Everything that was ever published by these, as it went out. */
const published = async ({ stage }: Scene, schemas: readonly string[], most: number): Promise<OutgoingMessage[]> => {
  const rows = await Promise.all(
    schemas.map((schema) =>
      query<{ id: string; topic: string; key: string; body: string }>(
        stage.installation.databaseUrl,
        `select id, type || '.v' || version as topic, aggregate_id as key,
           jsonb_strip_nulls(jsonb_build_object('id', id, 'type', type, 'version', version, 'aggregateId', aggregate_id,
             'aggregateVersion', aggregate_version, 'tenant', tenant,
             'occurredAt', to_char(occurred_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'correlationId', correlation_id,
             'causationId', causation_id)) || jsonb_build_object('data', data) as body
         from ${schema}.event_log order by seq desc limit $1`,
        [most],
      ),
    ),
  );
  return rows.flat().map(({ id, topic, key, body }) => ({ id, topic, key, body: JSON.stringify(body), headers: {} }));
};

const sumOver = async ({ stage }: Scene, metric: string): Promise<number> => {
  const counts = await Promise.all(serviceNames.map((service) => stage.metric(service, metric)));
  return counts.reduce((sum, one) => sum + one, 0);
};

const moreOf = (scene: Scene, metric: string, before: number, least: number): Promise<number> =>
  eventually(
    async () => {
      const more = (await sumOver(scene, metric)) - before;
      if (more < least) throw new Error(`${metric} has grown by ${more}, not by ${least}`);
      return more;
    },
    { withinMs: 30_000, everyMs: 250 },
  );

/** How many events the gateway has recorded. */
const toldBy = async ({ stage }: Scene): Promise<number> => {
  const [log] = await query<{ n: number }>(stage.installation.databaseUrl, 'select count(*)::int as n from gateway.event_log');
  return log?.n ?? 0;
};

/** The gateway has recorded so many, and the broker has them all. */
const allTold = async (scene: Scene, least: number): Promise<void> => {
  const { amazon, installation } = scene.stage;
  await amazon.pass(3);
  await eventually(
    async () => {
      const [row] = await query<{ n: number }>(installation.databaseUrl, 'select count(*)::int as n from gateway.outbox');
      if (row?.n !== 0 || (await toldBy(scene)) < least) throw new Error('the gateway has not told everything');
    },
    { withinMs: 60_000, everyMs: 250 },
  );
};

/** Events that were published, some of them up to five times, in any order. */
export const sendAgain = async (scene: Scene): Promise<{ readonly events: number; readonly sent: number }> => {
  const { stage, random, thorough } = scene;
  const events = await published(scene, ['gateway', 'orders', 'fulfillment', 'billing'], thorough ? 300 : 80);
  const again = random.shuffle(events.flatMap((event) => Array.from({ length: random.int(1, 5) }, () => event)));
  await asStranger(stage, async (broker) => {
    for (let sent = 0; sent < again.length; sent += 100) await broker.publish(again.slice(sent, sent + 100));
  });
  return { events: events.length, sent: again.length };
};

export const messages: readonly Fault[] = [
  {
    name: 'duplicates',
    what: 'Events that were published come again, some of them up to five times, in any order',
    shownBy: 'inbox_duplicates_total grows by at least as many as were sent',
    short: true,
    play: async (scene) => {
      const before = await sumOver(scene, 'inbox_duplicates_total');
      const { events, sent } = await sendAgain(scene);
      const duplicates = await moreOf(scene, 'inbox_duplicates_total', before, events);
      return { times: sent, seen: `${duplicates} duplicates were known as such` };
    },
  },
  {
    name: 'reorder',
    what: 'What waits in the queue of a service is taken out and put back in any order',
    shownBy: 'pairs of messages about one order that stand the wrong way round are counted',
    play: async (scene) => {
      const { stage, traffic, random } = scene;
      await stage.services.stop('order');
      const before = await toldBy(scene);
      const orders = await Promise.all(Array.from({ length: 12 }, () => traffic.sellOurs()));
      await allTold(scene, before + orders.length);
      const sold = await toldBy(scene);
      for (const order of orders) await cancelByBuyer(stage, order);
      await allTold(scene, sold + orders.length);
      const inversions = await tamper(stage, 'order', (batch) => {
        const back = random.shuffle(batch);
        return { back, answer: inversionsIn(back) };
      });
      if (inversions === 0) throw new Error('everything stands in its order');
      await stage.services.start('order');
      return { times: 1, seen: `${inversions} pairs of messages stood the wrong way round` };
    },
  },
  {
    name: 'poison',
    what: 'Messages that nobody can handle arrive among the others: no JSON, wrong types, an unknown kind, an unknown version, two megabytes',
    shownBy: 'each of them is a dead letter with its reason, and there is no other one',
    short: true,
    play: async (scene) => {
      const { stage } = scene;
      const message = (topic: string, body: string): OutgoingMessage => ({ id: randomUUID(), topic, key: 'stranger', body, headers: {} });
      const topic = 'amazon.order.imported.v1';
      const poison = [
        message('weather.changed.v1', '{}'),
        message(topic, '{"id": '),
        message(topic, JSON.stringify({ id: 'not-a-uuid', type: 'amazon.order.imported', version: 1 })),
        message('amazon.order.imported.v9', '{}'),
        message(topic, JSON.stringify({ padding: 'x'.repeat(2 * 1024 * 1024) })),
      ];
      await asStranger(scene.stage, async (broker) => {
        const confirmed = await broker.redeliver('order', poison);
        if (confirmed.size !== poison.length) throw new Error(`only ${confirmed.size} were taken`);
      });
      await eventually(
        async () => {
          const letters = await query<{ reason: string }>(
            stage.installation.databaseUrl,
            `select reason from orders.dead_letter where status = 'open' and reason <> '' and message_id = any($1)`,
            [poison.map(({ id }) => id)],
          );
          if (letters.length !== poison.length) throw new Error(`${letters.length} of ${poison.length} are dead letters`);
        },
        { withinMs: 45_000, everyMs: 250 },
      );
      return { times: poison.length, seen: `${poison.length} dead letters, each with its reason`, poison: poison.map(({ id }) => id) };
    },
  },
];

/** Pairs about one order of which the later event comes first. */
const inversionsIn = (mixed: readonly Delivery[]): number => {
  let count = 0;
  for (const group of Map.groupBy(mixed, ({ key }) => key).values()) {
    const versions = group.map(({ headers }) => Number(headers['x-aggregate-version']));
    versions.forEach((version, n) => {
      count += versions.slice(n + 1).filter((later) => later < version).length;
    });
  }
  return count;
};
