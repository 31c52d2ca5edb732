import type { Database } from './database/open.ts';
import { loggedColumns, type PositionedEvent } from './event-log.ts';
import type { Subscription } from './subscription.ts';

type Queries = Pick<Database, 'query'>;

/** A service that listens: what it wants, and its schema, where its inbox is. */
export interface Listener {
  readonly database: Queries;
  readonly subscriptions: readonly Subscription[];
}

export interface LogRange {
  /** What was recorded between these two moments. */
  readonly since: Date;
  readonly until: Date;
  /** Behind this position, at most so many. */
  readonly after: number;
  readonly limit: number;
}

/** Of a publisher's log, what these topics are about, in its order. */
export const published = (log: Queries, topics: readonly string[], { since, until, after, limit }: LogRange): Promise<PositionedEvent[]> =>
  log.query(
    `select e.seq as position, ${loggedColumns('e')} from event_log e
     where e.seq > $1 and e.type || '.v' || e.version = any($2) and e.recorded_at >= $3 and e.recorded_at < $4
     order by e.seq limit $5`,
    [after, topics, since.toISOString(), until.toISOString(), limit],
  );

/** Since when a listener remembers: events older than the first that it has seen are none of its business, or forgotten. */
export const remembersSince = async ({ database, subscriptions }: Listener): Promise<string | undefined> => {
  const [row] = await database.query<{ first: string | null }>(
    `select min(f.id::text) as first from unnest($1::text[]) as s(name),
       lateral (select i.message_id as id from inbox i where i.consumer = s.name order by i.message_id limit 1) f`,
    [subscriptions.map(({ name }) => name)],
  );
  return row?.first ?? undefined;
};

export interface NeverTaken {
  readonly event: PositionedEvent;
  /** The subscriptions that know nothing of it. */
  readonly by: readonly string[];
}

/**
 * Which of these a listener has never taken, although it wanted them: neither seen, nor waiting for a person. They are on their way, be it for
 * a delay of the broker, or somebody has thrown them away.
 */
export const neverTaken = async (
  listener: Listener,
  events: readonly PositionedEvent[],
  since: string | undefined,
): Promise<NeverTaken[]> => {
  const expected = events
    .filter(({ id }) => since !== undefined && id >= since)
    .flatMap((event) => namesOf(listener, event).map((name) => ({ event, name })));
  if (expected.length === 0) return [];
  const rows = await listener.database.query<{ name: string; id: string }>(
    `select u.name, u.id from unnest($1::text[], $2::uuid[]) as u(name, id)
     where not exists (select from inbox i where i.consumer = u.name and i.message_id = u.id)
       and not exists (select from dead_letter d where d.message_id = u.id::text)`,
    [expected.map(({ name }) => name), expected.map(({ event }) => event.id)],
  );
  const missing = Map.groupBy(rows, ({ id }) => id);
  return events.flatMap((event) => {
    const by = missing.get(event.id);
    return by === undefined ? [] : [{ event, by: by.map(({ name }) => name) }];
  });
};

const namesOf = ({ subscriptions }: Listener, { type, version }: PositionedEvent): string[] =>
  subscriptions.filter(({ event }) => event.topic === `${type}.v${version}`).map(({ name }) => name);
