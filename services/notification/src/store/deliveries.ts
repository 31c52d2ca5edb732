import type { Database } from '@orderbus/outbox';
import type { AlertKind } from '../domain/alert.ts';
import type { Language } from '../domain/language.ts';
import { inOtherWords, type Reason } from '../domain/reason.ts';
import type { Channel } from '../domain/rule.ts';
import type { ToldAlert } from '../words/compose.ts';

/** A message that is ours for now. */
export interface ClaimedDelivery {
  readonly id: string;
  readonly channel: Channel;
  readonly targetId: string | null;
  /** The mail address, or what may be shown of a hook's. */
  readonly recipient: string;
  readonly ruleName: string;
  readonly language: Language;
  readonly timeZone: string;
  /** It is about an invented example of this kind. */
  readonly testKind: AlertKind | null;
  readonly tenants: readonly string[];
  readonly attempts: number;
  /** When it was to leave first. */
  readonly plannedFor: string;
  /** The places in traces where its alerts were raised. */
  readonly traceparents: readonly string[];
}

/** What a message is to tell. */
export interface DeliveryContent {
  readonly alerts: readonly ToldAlert[];
  readonly counts: Readonly<Partial<Record<AlertKind, number>>>;
}

interface Claim {
  readonly channels: readonly Channel[];
  readonly limit: number;
  readonly leaseMs: number;
  readonly now: Date;
}

/** A digest tells of many alerts: where each one came from is in the trace of the alert. */
const mostPlaces = 100;

/**
 * Takes what is due, for as long as the lease lasts. Not settled by then means that its sender has died, and it is due again: nothing
 * is lost, and a message that left just before its sender died leaves a second time. Nothing joins it from now on.
 */
export const claimDue = (database: Database, { channels, limit, leaseMs, now }: Claim): Promise<ClaimedDelivery[]> =>
  // One statement: its locks last until the rows say whose they are.
  database.query(
    `with due as (
       select id from delivery where channel = any($1::text[]) and state in ('gathering', 'pending', 'sending') and next_attempt_at <= $2
       order by next_attempt_at limit $3 for update skip locked),
     claimed as (
       update delivery d set state = 'sending', attempts = attempts + 1, next_attempt_at = $2::timestamptz + $4 * interval '1 ms'
       from due where d.id = due.id returning d.*)
     select id, channel, target_id as "targetId", recipient, rule_name as "ruleName", language, time_zone as "timeZone", test_kind as "testKind",
       tenants, attempts, planned_for as "plannedFor",
       array(select distinct traceparent from delivery_alert a where a.delivery_id = claimed.id and traceparent is not null limit ${mostPlaces}) as traceparents
     from claimed order by planned_for, id`,
    [channels, now, limit, leaseMs],
  );

/** Of each kind the oldest are shown, and all are counted. */
const shownOfKind = 10;

/** Asked after the claim: an alert that joined while it was made is in it. */
export const contentsOf = async (database: Database, ids: readonly string[]): Promise<ReadonlyMap<string, DeliveryContent>> => {
  const rows = await database.query<{ id: string; kind: AlertKind; count: number; alerts: ToldAlert[] }>(
    `select id, kind, max(place)::int as count, json_agg(alert order by place) filter (where place <= ${shownOfKind}) as alerts
     from (
       select da.delivery_id as id, a.kind, row_number() over (partition by da.delivery_id, a.kind order by a.raised_at, a.id) as place,
         json_build_object('id', a.id, 'tenant', a.tenant, 'kind', a.kind, 'severity', a.severity, 'status', a.status, 'orderId', a.order_id,
           'data', a.data, 'raisedAt', ${iso('a.raised_at')}, 'resolvedAt', ${iso('a.resolved_at')}) as alert
       from delivery_alert da join alert a on a.id = da.alert_id where da.delivery_id = any($1::uuid[])) told
     group by id, kind order by id, min(alert ->> 'raisedAt'), kind`,
    [ids],
  );
  return new Map(
    [...Map.groupBy(rows, ({ id }) => id)].map(([id, kinds]) => [
      id,
      {
        alerts: kinds.flatMap(({ alerts }) => alerts),
        counts: Object.fromEntries(kinds.map(({ kind, count }) => [kind, count])),
      },
    ]),
  );
};

export const markSent = (database: Database, { id, attempts }: ClaimedDelivery, answer: string, now: Date): Promise<unknown> =>
  database.query(
    `update delivery set state = 'sent', sent_at = $4, answer = $3, last_error = null, last_failure = null where ${stillOurs}`,
    [id, attempts, answer, now],
  );

/** Without a moment for the next attempt it has failed, for a person to see. */
export const markNotSent = (
  database: Database,
  { id, attempts }: ClaimedDelivery,
  { error, answer, again }: { readonly error: Reason; readonly answer: string | undefined; readonly again: Date | undefined },
): Promise<unknown> =>
  database.query(
    `update delivery set last_error = $3, last_failure = $6, answer = $4, state = case when $5::timestamptz is null then 'failed' else 'pending' end,
       next_attempt_at = coalesce($5, next_attempt_at) where ${stillOurs}`,
    [id, attempts, error.words, answer ?? null, again ?? null, inOtherWords(error)],
  );

/** It was not tried: the attempt does not count. */
export const giveBack = (database: Database, claimed: readonly ClaimedDelivery[], again: Date): Promise<unknown> =>
  database.query(
    `update delivery d set state = 'pending', attempts = d.attempts - 1, next_attempt_at = $3
     from unnest($1::uuid[], $2::int[]) as u(id, attempts) where d.id = u.id and d.attempts = u.attempts and d.state = 'sending'`,
    [claimed.map(({ id }) => id), claimed.map(({ attempts }) => attempts), again],
  );

/** As the database writes times in JSON, they would not be the same as elsewhere. */
function iso(column: string): string {
  return `to_char(${column} at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
}

/** An attempt that took longer than its lease must not overwrite what the next one found out. */
const stillOurs = `id = $1 and attempts = $2 and state = 'sending'`;
