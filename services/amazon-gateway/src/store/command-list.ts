import type { AmazonWriteKind } from '@orderbus/contracts';
import type { Database } from '@orderbus/outbox';
import type { Command } from '../domain/command.ts';
import { type CommandState, openStates } from '../domain/lifecycle.ts';
import type { Standing } from '../domain/why-it-waits.ts';
import { commandColumns } from './command-entity.ts';

/** A command with what it depends on. */
export type StandingCommand = Command & Standing;

const isOpen = openStates.map((state) => `'${state}'`).join();

const columns = `${commandColumns},
  (select s.status from store s where s.id = c.tenant) as "storeStatus",
  exists (select 1 from writable_store w where w.id = c.tenant) as writable,
  (select before.id from amazon_command before where before.tenant = c.tenant and before.subject = c.subject and before.turn < c.turn
     and before.state in (${isOpen}) order by before.turn limit 1) as behind`;

export interface CommandFilter {
  /** Absent: of all. */
  readonly storeIds?: readonly string[] | undefined;
  readonly orderId?: string | undefined;
  readonly amazonOrderId?: string | undefined;
  readonly kind?: AmazonWriteKind | undefined;
  readonly state?: CommandState | undefined;
  readonly feedId?: string | undefined;
  /** The last one seen; the next ones are older. */
  readonly before?: { readonly at: string; readonly id: string } | undefined;
  readonly limit: number;
}

/** Last asked first. */
export const listCommands = (database: Database, filter: CommandFilter): Promise<StandingCommand[]> => {
  const { storeIds, orderId, amazonOrderId, kind, state, feedId, before, limit } = filter;
  return database.query(
    `select ${columns} from amazon_command c
     where ($1::text[] is null or tenant = any($1)) and ($2::uuid is null or order_id = $2) and ($3::text is null or amazon_order_id = $3)
       and ($4::text is null or kind = $4) and ($5::text is null or state = $5) and ($6::uuid is null or feed_id = $6)
       and ($7::timestamptz is null or (requested_at, id) < ($7, $8::uuid))
     order by requested_at desc, id desc limit $9`,
    [
      storeIds ?? null,
      orderId ?? null,
      amazonOrderId ?? null,
      kind ?? null,
      state ?? null,
      feedId ?? null,
      before?.at ?? null,
      before?.id ?? null,
      limit,
    ],
  );
};

export const findCommand = async (database: Database, id: string): Promise<StandingCommand | undefined> =>
  (await database.query<StandingCommand>(`select ${columns} from amazon_command c where c.id = $1`, [id]))[0];

/** Commands that have waited longer than anybody expects, of any kind, and of which nobody has been told. */
export const overdueCommands = (database: Database, now: Date): Promise<StandingCommand[]> =>
  database.query(
    `select ${columns} from amazon_command c where c.state in (${isOpen}) and c.uncertain_at is null and c.deadline <= $1 limit 500`,
    [now.toISOString()],
  );
