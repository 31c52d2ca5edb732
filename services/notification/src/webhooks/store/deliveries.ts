import { AppError } from '@orderbus/kernel';
import type { Database, Transaction } from '@orderbus/outbox';
import type { DeliveryState } from '../domain/attempt.ts';
import { isAbout } from './heard.ts';
import type { Attempt } from './queue.ts';

/** What became of one event for one webhook. */
export interface Delivery {
  readonly seq: number;
  readonly eventId: string;
  readonly topic: string;
  readonly tenant: string;
  readonly heardAt: string;
  readonly state: DeliveryState;
  readonly attempts: number;
  readonly nextAttemptAt: string;
  readonly deliveredAt: string | null;
  readonly log: readonly Attempt[];
}

export interface DeliveryFilter {
  readonly state?: DeliveryState | undefined;
  readonly topic?: string | undefined;
  readonly from?: string | undefined;
  readonly until?: string | undefined;
  /** The last one seen: the next ones were heard before it. */
  readonly before?: number | undefined;
  readonly limit: number;
}

const columns = `d.event_seq as seq, e.id as "eventId", e.topic, e.tenant, e.heard_at as "heardAt", d.state, d.attempts,
  d.next_attempt_at as "nextAttemptAt", d.delivered_at as "deliveredAt", d.log`;

/** Newest first. The conditions are written out, so that each can use its index. */
export const listDeliveries = (database: Database, webhookId: string, filter: DeliveryFilter): Promise<Delivery[]> => {
  const { state, topic, from, until, before, limit } = filter;
  const parameters: unknown[] = [webhookId];
  const parameter = (value: unknown): string => `$${parameters.push(value)}`;
  const conditions = [
    'd.webhook_id = $1',
    ...(state === undefined ? [] : [`d.state = ${parameter(state)}`]),
    ...(topic === undefined ? [] : [`e.topic = ${parameter(topic)}`]),
    ...(from === undefined ? [] : [`e.heard_at >= ${parameter(from)}`]),
    ...(until === undefined ? [] : [`e.heard_at < ${parameter(until)}`]),
    ...(before === undefined ? [] : [`d.event_seq < ${parameter(before)}`]),
  ];
  return database.query(
    `select ${columns} from webhook_delivery d join heard_event e on e.seq = d.event_seq
     where ${conditions.join(' and ')} order by d.event_seq desc limit ${parameter(limit)}`,
    parameters,
  );
};

/** @throws AppError `webhook-delivery.unknown` */
export const knownDelivery = async (database: Database, webhookId: string, eventId: string): Promise<Delivery> => {
  const [delivery] = await database.query<Delivery>(
    `select ${columns} from heard_event e join webhook_delivery d on d.event_seq = e.seq where d.webhook_id = $1 and e.id = $2`,
    [webhookId, eventId],
  );
  if (!delivery) throw new AppError('not-found', 'webhook-delivery.unknown', { webhookId, eventId });
  return delivery;
};

/** Those of events that a webhook is no longer about: it is neither told of them nor shown them. */
export const forgetOthers = async (tx: Transaction, webhookId: string): Promise<void> => {
  await tx.query(
    `delete from webhook_delivery d using webhook w, heard_event e
     where w.id = $1 and d.webhook_id = w.id and e.seq = d.event_seq and not (${isAbout('w', 'e')})`,
    [webhookId],
  );
};

/** Due again, now and with all attempts. One that is being sent is left alone. */
export const redeliver = async (database: Database, webhookId: string, eventId: string, now: Date): Promise<Delivery> => {
  await database.query(
    `update webhook_delivery d set state = 'pending', attempts = 0, next_attempt_at = $3 from heard_event e
     where d.webhook_id = $1 and e.id = $2 and d.event_seq = e.seq and d.state <> 'sending'`,
    [webhookId, eventId, now.toISOString()],
  );
  return knownDelivery(database, webhookId, eventId);
};
