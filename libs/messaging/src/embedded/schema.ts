import type { Db, PgBoss } from 'pg-boss';

/** What we keep beside pg-boss's own tables: who wants which topic, and the order of messages. */
export interface Tables {
  install(db: Db): Promise<void>;
  /** This queue wants these topics, and no others any more. */
  bind(db: Db, queue: string, topics: readonly string[]): Promise<void>;
  /** So many places in the order of messages, and the queues that want each of these topics. */
  route(db: Db, count: number, topics: readonly string[]): Promise<Route>;
}

interface Route {
  readonly places: readonly number[];
  readonly queuesOf: ReadonlyMap<string, readonly string[]>;
}

/**
 * A job's place is its priority: pg-boss fetches by priority and then by time, and all jobs of one insert share their time. The sequence
 * falls through the whole range of an integer and starts again; messages waiting at that moment, every four billion, may change places.
 */
export const tablesIn = (schema: string): Tables => {
  const bindings = `${schema}.topic_binding`;
  const order = `${schema}.message_order`;
  return {
    install: async (db) => {
      await db.executeSql(`select pg_advisory_xact_lock(hashtext('${bindings}'))`);
      await db.executeSql(`create table if not exists ${bindings} (topic text, queue text, primary key (topic, queue))`);
      await db.executeSql(
        `create sequence if not exists ${order} as integer increment -1 minvalue -2147483648 maxvalue 2147483647 start 2147483647 cycle`,
      );
    },
    bind: async (db, queue, topics) => {
      await db.executeSql(`delete from ${bindings} where queue = $1 and topic <> all($2)`, [queue, topics]);
      await db.executeSql(`insert into ${bindings} (queue, topic) select $1, unnest($2::text[]) on conflict do nothing`, [queue, topics]);
    },
    route: async (db, count, topics) => {
      const { rows } = await db.executeSql(
        `select array(select nextval('${order}')::int from generate_series(1, $1::int)) as places,
                coalesce((select json_object_agg(topic, queues) from
                  (select topic, json_agg(queue) as queues from ${bindings} where topic = any($2) group by topic) as wanted), '{}') as queues`,
        [count, topics],
      );
      const [{ places, queues }] = rows as [{ places: number[]; queues: Record<string, string[]> }];
      return { places, queuesOf: new Map(Object.entries(queues)) };
    },
  };
};

export const parkedName = (service: string): string => `${service}.parked`;

const halfACentury = 50 * 365 * 24 * 3600;
/** A message waits until somebody takes it. What pg-boss has parked by itself leaves its failed job behind for a minute. */
const neverExpiring = { retentionSeconds: halfACentury, deleteAfterSeconds: 60, expireInSeconds: 24 * 3600 };
/** Deaths of a consumer holding the message, after which pg-boss parks it. */
const deathLimit = 20;

/** Repeated at every setup, so that a new version's settings reach the queues of an old one. */
export const createQueues = async (boss: PgBoss, service: string, deathAfterSeconds: number): Promise<void> => {
  const parked = { ...neverExpiring, heartbeatSeconds: deathAfterSeconds, retryLimit: 2_000_000_000 };
  await boss.createQueue(parkedName(service), parked);
  await boss.updateQueue(parkedName(service), parked);
  const queue = { ...neverExpiring, heartbeatSeconds: deathAfterSeconds, retryLimit: deathLimit, deadLetter: parkedName(service) };
  await boss.createQueue(service, queue);
  await boss.updateQueue(service, queue);
};
