import type { Database } from '@orderbus/outbox';

interface Letter {
  readonly id: number;
  readonly payload: Buffer;
}

const batchSize = 200;

/**
 * Takes the sealed buyer out of dead letters whose order is purged, or that have been lying longer than buyers are kept: of an order that
 * never got in, nobody else knows when its time is up. Answers with how many.
 */
export const emptyDeadLetters = async (database: Database, before: Date): Promise<number> => {
  for (let emptied = 0, after = 0; ; ) {
    const letters = await database.query<Letter>(
      `select d.id, d.payload from dead_letter d
       where d.id > $1 and position('"sealedBuyer"'::bytea in d.payload) > 0
         and (d.first_seen_at < $2 or exists (select from buyer_vault v where v.order_id = ${orderIdIn('d.key')} and v.purged_at is not null))
       order by d.id limit ${batchSize}`,
      [after, before.toISOString()],
    );
    await database.query(
      'update dead_letter d set payload = u.payload from unnest($1::bigint[], $2::bytea[]) as u(id, payload) where d.id = u.id',
      [letters.map(({ id }) => id), letters.map(({ payload }) => withoutBuyer(payload))],
    );
    emptied += letters.length;
    after = Number(letters.at(-1)?.id ?? after);
    if (letters.length < batchSize) return emptied;
  }
};

/** As the vault's index has it; a key may be anything. */
const orderIdIn = (key: string): string => `case when ${key} ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then ${key}::uuid end`;

/** Byte for byte the same but for that field, also where a dead letter is no JSON. */
const withoutBuyer = (payload: Buffer): Buffer => Buffer.from(payload.toString('latin1').replaceAll(sealedBuyer, ''), 'latin1');

const sealedBuyer = /"sealedBuyer"\s*:\s*"[^"]*"\s*,\s*|,?\s*"sealedBuyer"\s*:\s*"[^"]*"?/g;
