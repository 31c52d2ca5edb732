import { AppError } from '@orderbus/kernel';
import type { Database } from '@orderbus/outbox';
import type { ToldAlert } from '../words/compose.ts';

export const deliveryStates = ['pending', 'sending', 'sent', 'failed'] as const;
type DeliveryState = (typeof deliveryStates)[number];

/** A mail for one recipient about one alert. */
export interface Delivery {
  readonly id: string;
  readonly alertId: string;
  readonly recipient: string;
  readonly state: DeliveryState;
  readonly attempts: number;
  readonly nextAttemptAt: string;
  readonly sentAt: string | null;
  readonly lastError: string | null;
  /** What the mail server answered. */
  readonly answer: string | null;
}

/** A delivery that is ours for now, with what is to be said. */
export interface ClaimedDelivery {
  readonly id: string;
  readonly recipient: string;
  readonly attempts: number;
  readonly alert: ToldAlert;
}

/**
 * Takes what is due, for as long as the lease lasts. Not settled by then means that its sender has died, and it is due again: nothing
 * is lost, and a mail that left just before its sender died leaves a second time.
 */
export const claimDue = (database: Database, limit: number, leaseMs: number): Promise<ClaimedDelivery[]> =>
  // One statement: its locks last until the rows say whose they are.
  database.query(
    `with due as (
       select id from delivery where state in ('pending', 'sending') and next_attempt_at <= now()
       order by next_attempt_at limit $1 for update skip locked),
     claimed as (
       update delivery d set state = 'sending', attempts = attempts + 1, next_attempt_at = now() + $2 * interval '1 ms'
       from due where d.id = due.id returning d.*)
     select c.id, c.recipient, c.attempts, json_build_object('id', a.id, 'tenant', a.tenant, 'kind', a.kind, 'severity', a.severity,
       'data', a.data, 'raisedAt', a.raised_at, 'resolvedAt', a.resolved_at) as alert
     from claimed c join alert a on a.id = c.alert_id order by a.raised_at, c.id`,
    [limit, leaseMs],
  );

export const markSent = (database: Database, { id, attempts }: ClaimedDelivery, answer: string): Promise<unknown> =>
  database.query(`update delivery set state = 'sent', sent_at = now(), answer = $3, last_error = null where ${stillOurs}`, [
    id,
    attempts,
    answer,
  ]);

/** Without a delay it has failed, for a person to see. */
export const markNotSent = (
  database: Database,
  { id, attempts }: ClaimedDelivery,
  error: string,
  delayMs: number | undefined,
): Promise<unknown> =>
  database.query(
    `update delivery set last_error = $3, state = case when $4::float8 is null then 'failed' else 'pending' end,
       next_attempt_at = now() + coalesce($4::float8, 0) * interval '1 ms' where ${stillOurs}`,
    [id, attempts, error, delayMs ?? null],
  );

/** It was not tried: the attempt does not count. */
export const giveBack = (database: Database, claimed: readonly ClaimedDelivery[], delayMs: number): Promise<unknown> =>
  database.query(
    `update delivery d set state = 'pending', attempts = d.attempts - 1, next_attempt_at = now() + $3 * interval '1 ms'
     from unnest($1::uuid[], $2::int[]) as u(id, attempts) where d.id = u.id and d.attempts = u.attempts and d.state = 'sending'`,
    [claimed.map(({ id }) => id), claimed.map(({ attempts }) => attempts), delayMs],
  );

/** Tries a failed or waiting mail again, now and with all attempts. @throws AppError when it is unknown, or gone out already. */
export const resend = async (database: Database, id: string): Promise<Delivery> => {
  const [changed]: Delivery[] = await database.query(
    `with again as (update delivery set state = 'pending', attempts = 0, next_attempt_at = now()
       where id = $1 and state in ('pending', 'failed') returning *)
     select ${deliveryColumns} from again`,
    [id],
  );
  if (changed) return changed;
  const [row] = await database.query<{ state: DeliveryState }>('select state from delivery where id = $1', [id]);
  if (!row) throw new AppError('not-found', 'delivery.unknown', { id });
  throw new AppError('conflict', 'delivery.not-waiting', { id, state: row.state });
};

/** The stores whose alerts it tells; nothing, when there is no such delivery. */
export const storesOfDelivery = async (database: Database, id: string): Promise<string[] | undefined> => {
  const stores: { tenant: string }[] = await database.query(
    'select distinct a.tenant from delivery d join alert a on a.id = d.alert_id where d.id = $1',
    [id],
  );
  return stores.length === 0 ? undefined : stores.map(({ tenant }) => tenant);
};

export const countUnsent = async (database: Database): Promise<{ waiting: number; failed: number }> => {
  const [row] = await database.query<{ waiting: number; failed: number }>(
    `select count(*) filter (where state <> 'failed')::int as waiting, count(*) filter (where state = 'failed')::int as failed
     from delivery where state <> 'sent'`,
  );
  return row ?? { waiting: 0, failed: 0 };
};

export const deliveryColumns = `id, alert_id as "alertId", recipient, state, attempts, next_attempt_at as "nextAttemptAt", sent_at as "sentAt",
  last_error as "lastError", answer`;

/** An attempt that took longer than its lease must not overwrite what the next one found out. */
const stillOurs = `id = $1 and attempts = $2 and state = 'sending'`;
