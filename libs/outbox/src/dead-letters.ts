import { createHash } from 'node:crypto';
import { AppError } from '@orderbus/kernel';
import type { Broker, ParkedHandler, ParkedMessage } from '@orderbus/messaging';
import type { Database } from './database/open.ts';
import { lockPile, lockPileOf, type Teller, tellPiles } from './dead-letter-piles.ts';
import type { Execution } from './execute.ts';
import { sort } from './pile.ts';
import type { Transaction } from './subscription.ts';

/** A message that waits for a person, with its reason. */
export interface DeadLetter {
  readonly id: string;
  readonly messageId: string;
  readonly topic: string;
  readonly key: string;
  readonly reason: string;
  readonly errorClass: string | null;
  readonly errorMessage: string | null;
  readonly stack: string | null;
  readonly attempts: number;
  readonly firstSeenAt: string;
  readonly deadAt: string;
  readonly status: 'open' | 'redriven' | 'discarded';
  readonly resolvedBy: string | null;
  readonly resolutionNote: string | null;
}

const columns = `id, message_id as "messageId", topic, key, reason, error_class as "errorClass", error_message as "errorMessage", stack,
  attempts, first_seen_at as "firstSeenAt", dead_at as "deadAt", status, resolved_by as "resolvedBy", resolution_note as "resolutionNote"`;

/** Moves a parked message into the table, and tells of it in the same transaction. */
export const archive =
  (
    { database, clock, committed }: Execution,
    service: string,
    log: (letter: { topic: string; reason: string; messageId: string }) => void,
  ): ParkedHandler =>
  async (message) => {
    const messageId = message.id || nameOf(message);
    await database.transaction((tx) =>
      keepLetter(
        tx,
        { service, clock },
        {
          ...{ messageId, topic: message.topic, key: message.key, reason: message.reason, attempts: message.attempt },
          errorClass: message.error?.class ?? null,
          errorMessage: message.error?.message ?? null,
          stack: message.error?.stack ?? null,
          headers: message.headers,
          payload: message.body,
          firstSeenAt: message.firstSeenAt.toISOString(),
        },
      ),
    );
    committed();
    log({ topic: message.topic, reason: message.reason, messageId });
  };

type NewLetter = Omit<DeadLetter, 'id' | 'deadAt' | 'status' | 'resolvedBy' | 'resolutionNote'> & {
  readonly headers: Readonly<Record<string, string>>;
  readonly payload: Buffer;
};

/**
 * One row per message: one that is parked again, because the archive was interrupted or a redrive failed, opens its row again. That somebody
 * has to look is told with the first of its pile; of more of them the watch of the piles tells.
 */
export const keepLetter = async (tx: Transaction, teller: Teller, letter: NewLetter): Promise<void> => {
  const { pile, orderId } = sort(letter);
  const known = pile && (await lockPile(tx, pile));
  await tx.query(
    `insert into dead_letter (message_id, topic, key, reason, error_class, error_message, stack, attempts, headers, payload, first_seen_at,
       pile, order_id)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
     on conflict (message_id) do update set status = 'open', reason = excluded.reason, error_class = excluded.error_class,
       error_message = excluded.error_message, stack = excluded.stack, attempts = excluded.attempts, dead_at = clock_timestamp(),
       resolved_by = null, resolution_note = null, pile = excluded.pile, order_id = excluded.order_id`,
    [
      ...[letter.messageId, letter.topic, letter.key, letter.reason, letter.errorClass, letter.errorMessage, letter.stack, letter.attempts],
      ...[JSON.stringify(letter.headers), letter.payload, letter.firstSeenAt, known?.id ?? null, orderId ?? null],
    ],
  );
  if (known?.told === 0) await tellPiles(tx, teller, [known.id]);
};

/** A message that came without an id is known by its content. */
const nameOf = (message: ParkedMessage): string =>
  `sha256:${createHash('sha256').update(message.topic).update(message.body).digest('hex')}`;

export interface DeadLetterFilter {
  readonly status?: DeadLetter['status'] | undefined;
  readonly orderId?: string | undefined;
  /** The id of the last one seen; the next ones are older. */
  readonly before?: string | undefined;
  readonly limit: number;
}

/** Newest first. */
export const listDeadLetters = (database: Database, { status, orderId, before, limit }: DeadLetterFilter): Promise<DeadLetter[]> =>
  database.query(
    `select ${columns} from dead_letter
     where ($1::text is null or status = $1) and ($2::uuid is null or order_id = $2) and ($3::bigint is null or id < $3::bigint)
     order by id desc limit $4`,
    [status ?? null, orderId ?? null, before ?? null, limit],
  );

/**
 * Why messages wait for a person, in few words. contract: nobody can read it; refused: not allowed, or too early for too long; error: its
 * handler threw; killed: it has ended its consumers; unpublishable: too large for the broker.
 */
const deadLetterClasses = ['contract', 'refused', 'error', 'killed', 'unpublishable'] as const;

export interface OpenDeadLetters {
  readonly class: (typeof deadLetterClasses)[number];
  readonly open: number;
  readonly oldestAgeSeconds: number;
}

/** How many wait, of each class. */
export const openDeadLetters = (database: Pick<Database, 'query'>): Promise<OpenDeadLetters[]> =>
  database.query(
    `select classes.class, count(d.id)::int as open,
       coalesce(extract(epoch from clock_timestamp() - min(d.dead_at)), 0)::float8 as "oldestAgeSeconds"
     from unnest($1::text[]) as classes(class) left join (
       select id, dead_at, case
         when reason = 'cannot-be-published' then 'unpublishable'
         when reason = 'delivery-limit' then 'killed'
         when reason in ('unknown-type', 'not-json', 'breaks-contract', 'message without id or type', 'message too large') then 'contract'
         when error_class is null then 'refused' else 'error' end as class
       from dead_letter where status = 'open') d using (class)
     group by classes.class`,
    [deadLetterClasses],
  );

/**
 * Puts an open dead letter back into this service's queue. It is sent before its row says so: after a crash in between it is sent twice,
 * and the inbox takes it once. If it fails again it comes back, into the same row.
 */
export const redrive = async (
  execution: Execution,
  broker: Pick<Broker, 'redeliver'>,
  service: string,
  id: string,
  by: string,
): Promise<DeadLetter> => {
  const letter = await sendable(execution.database, id);
  const { messageId, topic, key, headers, payload } = letter;
  const confirmed = await broker.redeliver(service, [{ id: messageId, topic, key, headers, body: payload.toString('utf8') }]);
  if (!confirmed.has(messageId)) throw new AppError('unavailable', 'dead-letter.not-confirmed', { id });
  // Only if it has not died again since it was read: then it stays open.
  return settle(execution, service, id, (tx) =>
    tx.query(`update dead_letter set status = 'redriven', resolved_by = $2 where id = $1 and status = 'open' and dead_at = $3`, [
      id,
      by,
      letter.deadAt,
    ]),
  );
};

/** Takes a dead letter off the list, for good, with the reason. It stays in the table. */
export const discard = async (execution: Execution, service: string, id: string, by: string, note: string): Promise<DeadLetter> => {
  await openLetter(execution.database, id);
  return settle(execution, service, id, (tx) =>
    tx.query(`update dead_letter set status = 'discarded', resolved_by = $2, resolution_note = $3 where id = $1 and status = 'open'`, [
      id,
      by,
      note,
    ]),
  );
};

/** Takes a letter off its pile, and tells when that was the last one. Answers with the letter as it is then. */
const settle = async (
  { database, clock, committed }: Execution,
  service: string,
  id: string,
  change: (tx: Transaction) => Promise<unknown>,
): Promise<DeadLetter> => {
  const letter = await database.transaction(async (tx) => {
    const piles = await lockPileOf(tx, id);
    await change(tx);
    await tellPiles(
      tx,
      { service, clock },
      piles.map((pile) => pile.id),
    );
    const [row]: DeadLetter[] = await tx.query(`select ${columns} from dead_letter where id = $1`, [id]);
    return row as DeadLetter;
  });
  committed();
  return letter;
};

interface StoredMessage {
  readonly status: string;
  readonly reason: string;
  readonly messageId: string;
  readonly topic: string;
  readonly key: string;
  readonly headers: Record<string, string>;
  readonly payload: Buffer;
  readonly deadAt: string;
}

const openLetter = async (database: Database, id: string): Promise<StoredMessage> => {
  const [row] = await database.query<StoredMessage>(
    `select status, reason, message_id as "messageId", topic, key, headers, payload, dead_at::text as "deadAt" from dead_letter where id = $1`,
    [id],
  );
  if (!row) throw new AppError('not-found', 'dead-letter.unknown', { id });
  if (row.status !== 'open') throw new AppError('conflict', 'dead-letter.not-open', { id, status: row.status });
  return row;
};

const sendable = async (database: Database, id: string): Promise<StoredMessage> => {
  const letter = await openLetter(database, id);
  if (letter.reason === 'cannot-be-published' || letter.topic === '' || letter.messageId.startsWith('sha256:')) {
    throw new AppError('conflict', 'dead-letter.cannot-be-sent', { id, reason: letter.reason });
  }
  return letter;
};
