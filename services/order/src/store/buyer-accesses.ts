import type { Database, Transaction } from '@orderbus/outbox';
import type { NewAccess } from '../vault/access.ts';

export interface Access extends NewAccess {
  readonly id: number;
  readonly at: string;
}

export interface AccessFilters {
  readonly orderId?: string | undefined;
  readonly actor?: string | undefined;
  readonly action?: string | undefined;
  readonly purpose?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** In the transaction that shows or changes: nothing is shown that is not on record. */
export const recordAccesses = async (tx: Transaction, accesses: readonly NewAccess[]): Promise<void> => {
  if (accesses.length === 0) return;
  await tx.query(
    `insert into buyer_access (action, actor, purpose, order_id, tenant, fields)
     select action, actor, purpose, order_id, tenant, array(select jsonb_array_elements_text(fields))
     from unnest($1::text[], $2::text[], $3::text[], $4::uuid[], $5::text[], $6::jsonb[]) as u(action, actor, purpose, order_id, tenant, fields)`,
    [
      accesses.map(({ action }) => action),
      accesses.map(({ actor }) => actor),
      accesses.map(({ purpose }) => purpose),
      accesses.map(({ orderId }) => orderId),
      accesses.map(({ tenant }) => tenant),
      accesses.map(({ fields }) => JSON.stringify(fields)),
    ],
  );
};

/** Newest first; `before` is the id of the last one seen. */
export const listAccesses = (database: Database, filters: AccessFilters, before: number | undefined, limit: number): Promise<Access[]> =>
  database.query(
    `select id, at, action, actor, purpose, order_id as "orderId", tenant, fields from buyer_access
     where ($1::uuid is null or order_id = $1) and ($2::text is null or actor = $2) and ($3::text is null or action = $3)
       and ($4::text is null or purpose = $4) and ($5::timestamptz is null or at >= $5) and ($6::timestamptz is null or at < $6)
       and ($7::bigint is null or id < $7)
     order by id desc limit $8`,
    [
      filters.orderId ?? null,
      filters.actor ?? null,
      filters.action ?? null,
      filters.purpose ?? null,
      filters.from ?? null,
      filters.to ?? null,
      before ?? null,
      limit,
    ],
  );

/** Forgets what is older than this, a few at a time. */
export const purgeAccesses = async (database: Database, before: Date): Promise<void> => {
  for (;;) {
    const gone = await database.query(
      'delete from buyer_access where id in (select id from buyer_access where at < $1 order by at limit 5000) returning 1',
      [before.toISOString()],
    );
    if (gone.length < 5_000) return;
  }
};
