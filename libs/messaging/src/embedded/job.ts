import { newId } from '@orderbus/kernel';
import type { JobInsert, JobWithMetadata } from 'pg-boss';
import { type Received, tooLarge, unidentified } from '../batch.ts';
import type { Delivery, OutgoingMessage, ParkedError, ParkedMessage } from '../port.ts';
import type { Deed } from '../settle.ts';

/** A message as it stands in a job. */
export interface JobData {
  readonly id: string;
  readonly topic: string;
  readonly key: string;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly attempt?: number;
  readonly firstSeenAt?: string;
  readonly reason?: string;
  readonly error?: ParkedError;
}

/** A job as pg-boss hands it out. Anybody may have inserted it, so its data can be anything. */
export type Job = JobWithMetadata<unknown>;

export const jobFor = ({ id, topic, key, body, headers }: OutgoingMessage, place: number): JobInsert<JobData> => ({
  id: newId(),
  priority: place,
  data: storable({ id, topic, key, body, headers }),
});

/** The copy that a deed asks for. */
export const copyFor = (job: Job, deed: Exclude<Deed, { act: 'forget' }>, place: number): JobInsert<JobData> => {
  const { id, topic, key, body, headers, attempt } = deliveryOf(job);
  const retry = deed.act === 'copy-to-delay';
  return {
    id: newId(),
    priority: place,
    ...(retry && { startAfter: `${deed.delayMs} milliseconds` }),
    data: storable({
      ...{ id, topic, key, headers, body: body.toString() },
      attempt: retry ? deed.attempt : attempt,
      firstSeenAt: dataOf(job).firstSeenAt ?? new Date().toISOString(),
      reason: deed.reason,
      ...(deed.error && { error: deed.error }),
    }),
  };
};

export const receive = (job: Job, maxBodyBytes: number): Received => {
  const { id, topic } = dataOf(job);
  const delivery = deliveryOf(job);
  return { delivery, fault: text(id) && text(topic) ? tooLarge(delivery.body, maxBodyBytes) : unidentified };
};

/** A job that pg-boss itself moved here has no reason of ours, or an older one: that of its last retry. */
export const parkedOf = (job: Job): ParkedMessage => {
  const { reason, error, firstSeenAt } = dataOf(job);
  const byDeath = job.sourceName !== null;
  return {
    ...deliveryOf(job),
    reason: byDeath ? 'delivery-limit' : (reason ?? 'unknown'),
    ...(error && !byDeath && { error }),
    firstSeenAt: new Date(firstSeenAt ?? job.sourceCreatedOn ?? job.createdOn),
  };
};

const deliveryOf = (job: Job): Delivery => {
  const { id, topic, key, body, headers, attempt } = dataOf(job);
  return {
    id: text(id) ?? job.id,
    topic: text(topic) ?? 'unknown',
    key: text(key) ?? '',
    body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(job.data)),
    headers: headers ?? {},
    attempt: attempt ?? 1,
    redelivered: job.retryCount > 0,
  };
};

const dataOf = ({ data }: Job): Partial<JobData> => (typeof data === 'object' && data !== null ? data : {});

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

/** Postgres takes neither zero bytes nor halves of characters; one of them would keep a whole batch from being stored, again and again. */
const storable = <T>(value: T): T => {
  if (typeof value === 'string') return (value.isWellFormed() && !value.includes('\0') ? value : repaired(value)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, storable(part)])) as T;
};

const repaired = (text: string): string => text.toWellFormed().replaceAll('\0', '\uFFFD');
