import { AppError } from '@orderbus/kernel';
import type { Database, Transaction } from '@orderbus/outbox';
import { isAbout } from './heard.ts';
import { knownWebhook } from './webhooks.ts';

/** Everything of a time, or some events, once more. */
export interface Replay {
  readonly id: string;
  readonly webhookId: string;
  readonly from: string | null;
  readonly until: string | null;
  readonly eventIds: readonly string[] | null;
  readonly requestedBy: string;
  readonly requestedAt: string;
  /** Since when all of it is among the deliveries. */
  readonly doneAt: string | null;
  /** The events that it is about. */
  readonly total: number;
  /** Those of which there is a delivery by now. */
  readonly queued: number;
  readonly waiting: number;
  readonly delivered: number;
  readonly failed: number;
}

export type Wanted = Pick<Replay, 'id' | 'webhookId' | 'requestedBy' | 'requestedAt'> & Selection;
type Selection = Pick<Replay, 'from' | 'until' | 'eventIds'>;

/** Which events it is about. Written out, so that each can use its index. */
const isWanted = ({ from, until, eventIds }: Selection, parameter: (value: unknown) => string): string =>
  [
    ...(eventIds === null ? [] : [`e.id = any(${parameter(eventIds)}::uuid[])`]),
    ...(from === null ? [] : [`e.heard_at >= ${parameter(from)}`]),
    ...(until === null ? [] : [`e.heard_at < ${parameter(until)}`]),
  ].join(' and ');

/** Sent again by the same request, it is there already. @throws AppError `webhook.unknown` */
export const requestReplay = async (database: Database, wanted: Wanted): Promise<Replay> => {
  const { id, webhookId, from, until, eventIds, requestedBy, requestedAt } = wanted;
  await knownWebhook(database, webhookId);
  const parameters: unknown[] = [id, webhookId, from, until, eventIds, requestedBy, requestedAt];
  await database.query(
    `insert into webhook_replay (id, webhook_id, from_at, until_at, event_ids, requested_by, requested_at, total, position, last)
     select $1, $2, $3, $4, $5::uuid[], $6, $7, count(*)::int, coalesce(min(e.seq) - 1, 0), coalesce(max(e.seq), 0)
     from webhook w join heard_event e on ${isAbout('w', 'e')}
     where w.id = $2 and ${isWanted(wanted, (value) => `$${parameters.push(value)}`)} on conflict (id) do nothing`,
    parameters,
  );
  return knownReplay(database, webhookId, id);
};

const columns = `r.id, r.webhook_id as "webhookId", r.from_at as "from", r.until_at as "until", r.event_ids as "eventIds", r.total, r.queued,
  r.requested_by as "requestedBy", r.requested_at as "requestedAt", r.done_at as "doneAt", p.waiting, p.delivered, p.failed`;
const withProgress = `webhook_replay r cross join lateral (
  select count(*) filter (where d.state in ('pending', 'sending'))::int as waiting,
    count(*) filter (where d.state = 'delivered')::int as delivered, count(*) filter (where d.state = 'failed')::int as failed
  from webhook_delivery d where d.replay_id = r.id) p`;

/** The latest fifty. */
export const listReplays = (database: Database, webhookId: string): Promise<Replay[]> =>
  database.query(`select ${columns} from ${withProgress} where r.webhook_id = $1 order by r.requested_at desc, r.id desc limit 50`, [
    webhookId,
  ]);

/** @throws AppError `webhook-replay.unknown` */
export const knownReplay = async (database: Database, webhookId: string, id: string): Promise<Replay> => {
  const [replay] = await database.query<Replay>(`select ${columns} from ${withProgress} where r.webhook_id = $1 and r.id = $2`, [
    webhookId,
    id,
  ]);
  if (!replay) throw new AppError('not-found', 'webhook-replay.unknown', { webhookId, id });
  return replay;
};

export interface Step {
  /** How many events become deliveries at once. */
  readonly limit: number;
  /** How many of a replay may wait: what happens meanwhile does not come after all of it. */
  readonly mostWaiting: number;
}

/**
 * Makes the next events of a replay into deliveries: new ones, or those that there were, with all attempts. What is under way is left
 * alone: it is sent anyhow. Answers whether there was anything to do.
 */
export const stepReplay = async (tx: Transaction, now: Date, { limit, mostWaiting }: Step): Promise<boolean> => {
  const [next]: (Selection & { readonly id: string })[] = await tx.query(
    `select r.id, r.from_at as "from", r.until_at as "until", r.event_ids as "eventIds"
     from webhook_replay r join webhook w on w.id = r.webhook_id
     where r.done_at is null and w.state <> 'disabled' and $1 > (select count(*) from (
       select from webhook_delivery d where d.replay_id = r.id and d.state in ('pending', 'sending') limit $1) waiting)
     order by r.requested_at limit 1 for update of r skip locked`,
    [mostWaiting],
  );
  if (!next) return false;
  const parameters: unknown[] = [next.id, now.toISOString(), limit];
  await tx.query(
    `with next as (
       select r.webhook_id, e.seq from webhook_replay r join webhook w on w.id = r.webhook_id
         join heard_event e on e.seq > r.position and e.seq <= r.last and ${isAbout('w', 'e')}
       where r.id = $1 and ${isWanted(next, (value) => `$${parameters.push(value)}`)} order by e.seq limit $3),
     queued as (
       insert into webhook_delivery as d (webhook_id, event_seq, next_attempt_at, replay_id)
       select webhook_id, seq, $2, $1 from next
       on conflict (webhook_id, event_seq) do update set replay_id = excluded.replay_id,
         state = case when d.state = 'sending' then d.state else 'pending' end,
         attempts = case when d.state = 'sending' then d.attempts else 0 end,
         next_attempt_at = case when d.state = 'sending' then d.next_attempt_at else excluded.next_attempt_at end
       returning 1)
     update webhook_replay r set queued = r.queued + (select count(*) from queued),
       position = coalesce((select max(seq) from next), r.last),
       done_at = case when (select count(*) from next) < $3 then $2::timestamptz end
     where r.id = $1`,
    parameters,
  );
  return true;
};
