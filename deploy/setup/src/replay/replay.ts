import { AppError } from '@orderbus/kernel';
import type { Broker } from '@orderbus/messaging';
import { type Database, type Listener, messageOf, neverTaken, type PositionedEvent, published, remembersSince } from '@orderbus/outbox';
import type { Resident } from '../resident.ts';

/** A service with its schema. */
export interface Party {
  readonly resident: Resident;
  readonly database: Pick<Database, 'query'>;
}

export interface ReplayOptions {
  readonly parties: readonly Party[];
  /** These listeners alone, these publishers alone. Default: all. */
  readonly to?: readonly string[] | undefined;
  readonly from?: readonly string[] | undefined;
  readonly since: Date;
  readonly until?: Date;
  /** What was taken before, too: whoever has it knows it. Otherwise what was never taken. */
  readonly all?: boolean;
  /** Absent: nothing is sent, it is only counted. */
  readonly broker?: Pick<Broker, 'redeliver'> | undefined;
}

/** Events of one publisher for one listener. */
export interface Replayed {
  readonly from: string;
  readonly to: string;
  readonly topic: string;
  readonly events: number;
}

const pageSize = 500;

/**
 * Delivers what is in the event logs to the queues of those who listen, and to nobody else. An inbox knows what its service has had, so what
 * comes twice has no effect; versions see to it that an old event undoes nothing.
 * @throws AppError `replay.unconfirmed` when the broker does not take it: what was delivered by then is delivered
 */
export const replay = async (options: ReplayOptions): Promise<Replayed[]> => {
  const { parties, to, from } = options;
  const listeners = parties.filter(({ resident }) => resident.subscriptions.length > 0 && (!to || to.includes(resident.name)));
  const publishers = parties.filter(({ resident }) => !from || from.includes(resident.name));
  const done: Replayed[] = [];
  for (const listener of listeners) for (const publisher of publishers) done.push(...(await tellAgain(publisher, listener, options)));
  return done;
};

const tellAgain = async (publisher: Party, { resident, database }: Party, options: ReplayOptions): Promise<Replayed[]> => {
  const { broker, all = false } = options;
  const listener = { database, subscriptions: resident.subscriptions };
  const since = await remembersSince(listener);
  const counts = new Map<string, number>();
  for await (const page of pagesFor(listener, publisher, options)) {
    const events = all ? page : (await neverTaken(listener, page, since)).map(({ event }) => event);
    if (broker && events.length > 0) await deliver(broker, resident.name, events);
    for (const [topic, same] of Map.groupBy(events, ({ type, version }) => `${type}.v${version}`))
      counts.set(topic, (counts.get(topic) ?? 0) + same.length);
  }
  return [...counts].map(([topic, events]) => ({ from: publisher.resident.name, to: resident.name, topic, events }));
};

async function* pagesFor({ subscriptions }: Listener, { database }: Party, { since, until = new Date() }: ReplayOptions) {
  const topics = [...new Set(subscriptions.map(({ event }) => event.topic))];
  for (let after = 0; ; ) {
    const page = await published(database, topics, { since, until, after, limit: pageSize });
    if (page.length > 0) yield page;
    if (page.length < pageSize) return;
    after = page.at(-1)?.position ?? after;
  }
}

const deliver = async (broker: Pick<Broker, 'redeliver'>, listener: string, events: readonly PositionedEvent[]): Promise<void> => {
  const confirmed = await broker.redeliver(listener, events.map(messageOf));
  if (confirmed.size < events.length)
    throw new AppError('unavailable', 'replay.unconfirmed', { listener, events: events.length, confirmed: confirmed.size });
};
