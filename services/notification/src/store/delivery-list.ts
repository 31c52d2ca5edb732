import { AppError } from '@orderbus/kernel';
import type { Database } from '@orderbus/outbox';
import type { Reason } from '../domain/reason.ts';
import type { Channel } from '../domain/rule.ts';

/**
 * `gathering`: alerts may still join it. `pending`: it was tried, and is tried again. `failed`: until a person sends it again. `dropped`: the
 * rules name its recipient no longer.
 */
export const deliveryStates = ['gathering', 'pending', 'sending', 'sent', 'failed', 'dropped'] as const;
type DeliveryState = (typeof deliveryStates)[number];

/** A message for one recipient, and what became of it. */
export interface Delivery {
  readonly id: string;
  readonly channel: Channel;
  readonly recipient: string;
  readonly ruleId: string | null;
  readonly ruleName: string;
  readonly language: string;
  readonly tenants: readonly string[];
  readonly test: boolean;
  /** How many it tells of. */
  readonly alerts: number;
  readonly state: DeliveryState;
  readonly attempts: number;
  readonly createdAt: string;
  readonly plannedFor: string;
  readonly nextAttemptAt: string;
  readonly sentAt: string | null;
  readonly lastError: string | null;
  readonly failure: Omit<Reason, 'words'> | null;
  /** What the other side said at the last attempt. */
  readonly answer: string | null;
}

export interface DeliveryFilter {
  readonly state?: DeliveryState | undefined;
  readonly channel?: Channel | undefined;
  /** That tell of this store. */
  readonly tenant?: string | undefined;
  /** That tell of nothing but these. */
  readonly stores?: readonly string[] | undefined;
  readonly before?: { readonly createdAt: string; readonly id: string } | undefined;
  readonly limit: number;
}

/** Newest first. */
export const listDeliveries = (
  database: Database,
  { state, channel, tenant, stores, before, limit }: DeliveryFilter,
): Promise<Delivery[]> =>
  database.query(
    `select ${columns} from delivery d
     where ($1::text is null or state = $1) and ($2::text is null or channel = $2) and ($3::text[] is null or tenants <@ $3) and ($7::text is null or $7 = any(tenants))
       and ($4::timestamptz is null or (created_at, id) < ($4, $5::uuid))
     order by created_at desc, id desc limit $6`,
    [state ?? null, channel ?? null, stores ?? null, before?.createdAt ?? null, before?.id ?? null, limit, tenant ?? null],
  );

export const deliveriesOf = (database: Database, alertId: string): Promise<Delivery[]> =>
  database.query(
    `select ${columns} from delivery d join delivery_alert one on one.delivery_id = d.id where one.alert_id = $1 order by recipient, created_at`,
    [alertId],
  );

export const deliveriesById = (database: Database, ids: readonly string[]): Promise<Delivery[]> =>
  database.query(`select ${columns} from delivery d where id = any($1::uuid[]) order by recipient`, [ids]);

/** @throws AppError `delivery.unknown` */
export const knownDelivery = async (database: Database, id: string): Promise<Delivery> => {
  const [delivery] = await deliveriesById(database, [id]);
  if (!delivery) throw new AppError('not-found', 'delivery.unknown', { id });
  return delivery;
};

/** The stores whose alerts it tells; nothing, when there is no such delivery. */
export const storesOfDelivery = async (database: Database, id: string): Promise<readonly string[] | undefined> => {
  const [delivery] = await database.query<Pick<Delivery, 'tenants'>>('select tenants from delivery where id = $1', [id]);
  return delivery?.tenants;
};

/** Sends a message now, with all attempts: one that has failed, that waits, or that gathers. @throws AppError when it is unknown, or gone out already. */
export const resend = async (database: Database, id: string, now: Date): Promise<Delivery> => {
  const [changed] = await database.query(
    `with again as (update delivery set state = 'pending', attempts = 0, next_attempt_at = $2
       where id = $1 and state in ('gathering', 'pending', 'failed') returning id) select id from again`,
    [id, now],
  );
  const delivery = await knownDelivery(database, id);
  if (!changed) throw new AppError('conflict', 'delivery.not-waiting', { id, state: delivery.state });
  return delivery;
};

type Unsent = { readonly channel: Channel; readonly state: 'waiting' | 'failed'; readonly count: number };

export const countUnsent = (database: Database): Promise<Unsent[]> =>
  database.query(
    `select channel, case state when 'failed' then 'failed' else 'waiting' end as state, count(*)::int as count
     from delivery where state <> 'sent' and state <> 'dropped' group by 1, 2`,
  );

const columns = `d.id, d.channel, d.recipient, d.rule_id as "ruleId", d.rule_name as "ruleName", d.language, d.tenants, d.test_kind is not null as test,
  (select count(*)::int from delivery_alert told where told.delivery_id = d.id) as alerts, d.state, d.attempts, d.created_at as "createdAt",
  d.planned_for as "plannedFor", d.next_attempt_at as "nextAttemptAt", d.sent_at as "sentAt", d.last_error as "lastError", d.last_failure as failure, d.answer`;
