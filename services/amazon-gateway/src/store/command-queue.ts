import type { AmazonWriteKind } from '@orderbus/contracts';
import type { Database } from '@orderbus/outbox';
import type { Command } from '../domain/command.ts';
import { openStates, statesBefore } from '../domain/lifecycle.ts';
import { commandColumns } from './command-entity.ts';

/** Which work a worker takes: kinds of writes, of stores that it has a client for. */
export interface Queue {
  readonly kinds: readonly AmazonWriteKind[];
  readonly storeIds: readonly string[];
  readonly now: Date;
}

const openState = `state in (${openStates.map((state) => `'${state}'`).join()})`;
const sendable = `state in (${statesBefore('send', 'sending')
  .map((state) => `'${state}'`)
  .join()})`;

/** Nothing with the same subject that was asked before `c` is still unresolved. */
export const isItsTurn = `not exists (select 1 from amazon_command before
  where before.tenant = c.tenant and before.subject = c.subject and before.turn < c.turn and before.${openState})`;

/** A claim in SQL: the fence of whoever had it before opens nothing any more. */
const claimed = (leaseMs: string): string => `fence = c.fence + 1, lease_until = clock_timestamp() + ${leaseMs} * interval '1 ms'`;

/**
 * Takes the commands that are due and marks them as being sent, in one statement: by the time they are answered for, the mark is
 * committed. The stores take turns: one with a backlog has at most `perStore` under way, so it does not keep the others waiting.
 */
export const claimToSend = (
  database: Database,
  { kinds, storeIds, now }: Queue,
  { limit, perStore, leaseMs }: { readonly limit: number; readonly perStore: number; readonly leaseMs: number },
): Promise<Command[]> =>
  database.query(
    `with due as (
       select next.id, next.nth from writable_store s
       cross join lateral (
         select c.id, row_number() over (order by c.next_attempt_at, c.requested_at, c.id) as nth from amazon_command c
         where c.tenant = s.id and c.${sendable} and c.kind = any($1) and c.next_attempt_at <= $3 and ${isItsTurn}
         order by c.next_attempt_at, c.requested_at, c.id
         limit greatest(0, $4 - (select count(*) from amazon_command u where u.state = 'sending' and u.tenant = s.id and u.kind = any($1)))
       ) next
       where s.id = any($2)),
     taken as (
       select id from amazon_command
       where id in (select id from due order by nth limit $5) and ${sendable}
       for update skip locked)
     update amazon_command c set state = 'sending', attempts = attempts + 1, read_backs = 0, sending_since = $3, next_attempt_at = null,
       ${claimed('$6')}
     from taken where c.id = taken.id returning ${commandColumns}`,
    [kinds, storeIds, now.toISOString(), perStore, limit, leaseMs],
  );

/** Takes the commands whose outcome is to be read back now. Nobody else looks at them until the lease is over. */
export const claimToReadBack = (
  database: Database,
  { kinds, storeIds, now }: Queue,
  { limit, leaseMs }: { readonly limit: number; readonly leaseMs: number },
): Promise<Command[]> =>
  database.query(
    `with taken as (
       select id from amazon_command
       where state = 'unknown' and next_attempt_at <= $3 and kind = any($1) and tenant = any($2)
         and (lease_until is null or lease_until < clock_timestamp())
       order by next_attempt_at limit $4 for update skip locked)
     update amazon_command c set ${claimed('$5')} from taken where c.id = taken.id returning ${commandColumns}`,
    [kinds, storeIds, now.toISOString(), limit, leaseMs],
  );

/**
 * Takes over the commands whose sender has let its lease run out: it is gone, or held up. It sends none of them after that. Those without a
 * lease were claimed by an older version, which knew of none.
 */
export const takeOverAbandoned = (database: Database, kinds: readonly AmazonWriteKind[], leaseMs: number): Promise<Command[]> =>
  database.query(
    `with taken as (
       select id from amazon_command
       where state = 'sending' and kind = any($1) and coalesce(lease_until, sending_since + $2 * interval '1 ms') < clock_timestamp()
       limit 500 for update skip locked)
     update amazon_command c set ${claimed('$2')} from taken where c.id = taken.id returning ${commandColumns}`,
    [kinds, leaseMs],
  );

/** Is it still ours to send? Then it stays so for another lease: nobody takes it over while the call is under way. */
export const renewLease = async (database: Database, { id, fence }: Command, leaseMs: number): Promise<boolean> => {
  const rows = await database.query(
    `update amazon_command set lease_until = clock_timestamp() + $3 * interval '1 ms'
     where id = $1 and fence = $2 and state = 'sending' returning id`,
    [id, fence, leaseMs],
  );
  return rows.length > 0;
};

/** Everything that has not come to its end, for its step `recall`. */
export const openCommands = (database: Database): Promise<Pick<Command, 'id' | 'cause'>[]> =>
  database.query(`select id, cause from amazon_command where ${openState}`);

export interface Waiting {
  readonly state: string;
  readonly commands: number;
  readonly oldestAgeSeconds: number;
}

/** What is not resolved yet, by state. */
export const waitingCommands = (database: Database, now: Date): Promise<Waiting[]> =>
  database.query(
    `select state, count(*)::int as commands, extract(epoch from $1::timestamptz - min(requested_at))::float8 as "oldestAgeSeconds"
     from amazon_command where ${openState} group by state`,
    [now.toISOString()],
  );
