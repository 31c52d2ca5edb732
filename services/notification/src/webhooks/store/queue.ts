import type { Database, Transaction } from '@orderbus/outbox';
import type { Reason } from '../../domain/reason.ts';
import type { Verdict } from '../domain/attempt.ts';
import { restFrom } from '../domain/health.ts';
import { isAbout } from './heard.ts';

/** A delivery that is ours for now. */
export interface Claimed {
  readonly seq: number;
  /** With this one. */
  readonly attempts: number;
  readonly eventId: string;
  readonly body: string;
  /** Where in a trace it was heard. */
  readonly traceparent: string | null;
  /** Of its webhook. */
  readonly sealed: string;
  readonly failures: number;
}

/** One attempt, as it is kept. */
export interface Attempt {
  readonly at: string;
  readonly outcome: string;
  readonly durationMs: number;
  readonly status?: number;
  readonly problem?: string;
  readonly failure?: Omit<Reason, 'words'>;
  readonly answer?: string;
}

/** A delivery after an attempt. */
export interface Settled {
  readonly claimed: Claimed;
  readonly attempt: Attempt;
  readonly verdict: Verdict;
}

const isWaiting = (delivery: string): string => `${delivery}.state in ('pending', 'sending')`;
const isReady = (webhook: string): string =>
  `${webhook}.state = 'enabled' and (${webhook}.rest_until is null or ${webhook}.rest_until <= $1)`;

/** The webhooks that have something to be sent now. */
export const webhooksDue = async (database: Database, now: Date): Promise<string[]> => {
  const rows = await database.query<{ id: string }>(
    `select w.id from webhook w where ${isReady('w')} and exists (
       select from webhook_delivery d where d.webhook_id = w.id and ${isWaiting('d')} and d.next_attempt_at <= $1)`,
    [now.toISOString()],
  );
  return rows.map(({ id }) => id);
};

/**
 * Takes what is due for a webhook, for as long as the lease lasts. Not settled by then means that its sender has died, and it is due again:
 * nothing is lost, and what left just before its sender died leaves a second time. A target that fails is asked with one delivery.
 */
export const claimDue = (database: Database, webhookId: string, now: Date, limit: number, leaseMs: number): Promise<Claimed[]> =>
  // One statement: its locks last until the rows say whose they are.
  database.query(
    `with target as (select id, sealed, failures, likes, tenants from webhook w where w.id = $2 and ${isReady('w')}),
     due as (
       select d.webhook_id, d.event_seq from target t cross join lateral (
         select webhook_id, event_seq from webhook_delivery w where w.webhook_id = t.id and ${isWaiting('w')} and w.next_attempt_at <= $1
         order by next_attempt_at, event_seq limit (select case when t.failures >= ${restFrom} then 1 else $3::int end)
         for update skip locked) d),
     claimed as (
       update webhook_delivery d set state = 'sending', attempts = attempts + 1, next_attempt_at = $1::timestamptz + $4 * interval '1 ms'
       from due where d.webhook_id = due.webhook_id and d.event_seq = due.event_seq returning d.event_seq, d.attempts)
     select c.event_seq as seq, c.attempts, e.id as "eventId", e.body, e.traceparent, t.sealed, t.failures
     from target t join claimed c on true join heard_event e on e.seq = c.event_seq and ${isAbout('t', 'e')} order by c.event_seq`,
    [now.toISOString(), webhookId, limit, leaseMs],
  );

/** What came of deliveries, unless somebody else has them by now. */
export const settle = async (tx: Transaction, webhookId: string, settled: readonly Settled[], now: Date): Promise<void> => {
  await tx.query(
    `update webhook_delivery d set state = u.state, next_attempt_at = coalesce(u.next_attempt_at, d.next_attempt_at),
       delivered_at = case when u.state = 'delivered' then $2::timestamptz end,
       log = (case when jsonb_array_length(d.log) < 20 then d.log else d.log - 0 end) || u.attempt
     from unnest($3::bigint[], $4::int[], $5::text[], $6::timestamptz[], $7::jsonb[]) as u(seq, attempts, state, next_attempt_at, attempt)
     where d.webhook_id = $1 and d.event_seq = u.seq and d.attempts = u.attempts and d.state = 'sending'`,
    [
      webhookId,
      now.toISOString(),
      settled.map(({ claimed }) => claimed.seq),
      settled.map(({ claimed }) => claimed.attempts),
      settled.map(({ verdict }) => verdict.state),
      settled.map(({ verdict }) => (verdict.state === 'pending' ? verdict.nextAttemptAt : null)),
      settled.map(({ attempt }) => JSON.stringify(attempt)),
    ],
  );
};

/** It was not tried: the attempt does not count. */
export const giveBack = async (database: Database, webhookId: string, claimed: readonly Claimed[], now: Date): Promise<void> => {
  await database.query(
    `update webhook_delivery d set state = 'pending', attempts = d.attempts - 1, next_attempt_at = $2
     from unnest($3::bigint[], $4::int[]) as u(seq, attempts)
     where d.webhook_id = $1 and d.event_seq = u.seq and d.attempts = u.attempts and d.state = 'sending'`,
    [webhookId, now.toISOString(), claimed.map(({ seq }) => seq), claimed.map(({ attempts }) => attempts)],
  );
};

export const countDeliveries = async (database: Database): Promise<{ waiting: number; failed: number }> => {
  const [row] = await database.query<{ waiting: number; failed: number }>(
    `select (select count(*)::int from webhook_delivery d where ${isWaiting('d')}) as waiting,
       (select count(*)::int from webhook_delivery where state = 'failed') as failed`,
  );
  return row ?? { waiting: 0, failed: 0 };
};
