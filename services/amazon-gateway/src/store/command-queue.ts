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

/**
 * Takes the commands that are due and marks them as being sent, in one statement: by the time they are answered for, the mark is
 * committed. The stores take turns: one with a backlog has at most `perStore` under way, so it does not keep the others waiting.
 */
export const claimToSend = (
  database: Database,
  { kinds, storeIds, now }: Queue,
  { limit, perStore }: { readonly limit: number; readonly perStore: number },
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
     update amazon_command c set state = 'sending', attempts = attempts + 1, read_backs = 0, sending_since = $3, next_attempt_at = null
     from taken where c.id = taken.id returning ${commandColumns}`,
    [kinds, storeIds, now.toISOString(), perStore, limit],
  );

/** Takes the commands whose outcome is to be read back now. Nobody else looks at them for a while. */
export const claimToReadBack = (
  database: Database,
  { kinds, storeIds, now }: Queue,
  limit: number,
  againAfterMs: number,
): Promise<Command[]> =>
  database.query(
    `with taken as (
       select id from amazon_command
       where state = 'unknown' and next_attempt_at <= $3 and kind = any($1) and tenant = any($2)
       order by next_attempt_at limit $4 for update skip locked)
     update amazon_command c set next_attempt_at = $5 from taken where c.id = taken.id returning ${commandColumns}`,
    [kinds, storeIds, now.toISOString(), limit, new Date(now.getTime() + againAfterMs).toISOString()],
  );

/** Commands of which nobody has heard since they went out: the process that sent them is gone. `except` are being sent right here. */
export const abandoned = (
  database: Database,
  kinds: readonly AmazonWriteKind[],
  sentBefore: Date,
  except: readonly string[],
): Promise<Command[]> =>
  database.query(
    `select ${commandColumns} from amazon_command c
     where state = 'sending' and sending_since < $2 and kind = any($1) and id <> all($3::uuid[]) limit 500`,
    [kinds, sentBefore.toISOString(), except],
  );

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
