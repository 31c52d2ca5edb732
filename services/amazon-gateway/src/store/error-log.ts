import type { Database } from '@orderbus/outbox';

/** A call to Amazon that failed: what was asked, and what Amazon said. Without buyer data. */
export interface LoggedError {
  readonly id: string;
  readonly storeId: string;
  readonly operation: string;
  /** Amazon's own code, or ours where it gave none. */
  readonly code: string;
  readonly message: string;
  readonly httpStatus: number | null;
  readonly requestId: string | null;
  /** The order or the feed that the call was about. */
  readonly subject: string | null;
  readonly at: string;
}

export const recordErrors = async (database: Database, errors: readonly LoggedError[]): Promise<void> => {
  await database.query(
    `insert into amazon_error (id, store_id, operation, code, message, http_status, request_id, subject, at)
     select * from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::int[], $7::text[], $8::text[], $9::timestamptz[])
     on conflict do nothing`,
    [
      errors.map(({ id }) => id),
      errors.map(({ storeId }) => storeId),
      errors.map(({ operation }) => operation),
      errors.map(({ code }) => code),
      errors.map(({ message }) => message),
      errors.map(({ httpStatus }) => httpStatus),
      errors.map(({ requestId }) => requestId),
      errors.map(({ subject }) => subject),
      errors.map(({ at }) => at),
    ],
  );
};

export interface ErrorFilter {
  /** Absent: of all. */
  readonly storeIds?: readonly string[] | undefined;
  readonly operation?: string | undefined;
  readonly code?: string | undefined;
  readonly subject?: string | undefined;
  readonly from?: string | undefined;
  /** Not included. */
  readonly until?: string | undefined;
  /** The last one seen; the next ones are older. */
  readonly before?: { readonly at: string; readonly id: string } | undefined;
  readonly limit: number;
}

/** Newest first. */
export const listErrors = (database: Database, filter: ErrorFilter): Promise<LoggedError[]> => {
  const { storeIds, operation, code, subject, from, until, before, limit } = filter;
  return database.query(
    `select id, store_id as "storeId", operation, code, message, http_status as "httpStatus", request_id as "requestId", subject, at
     from amazon_error
     where ($1::text[] is null or store_id = any($1)) and ($2::text is null or operation = $2) and ($3::text is null or code = $3)
       and ($4::text is null or subject = $4) and ($5::timestamptz is null or at >= $5) and ($6::timestamptz is null or at < $6)
       and ($7::timestamptz is null or (at, id) < ($7, $8::uuid))
     order by at desc, id desc limit $9`,
    [
      storeIds ?? null,
      operation ?? null,
      code ?? null,
      subject ?? null,
      from ?? null,
      until ?? null,
      before?.at ?? null,
      before?.id ?? null,
      limit,
    ],
  );
};

/** Forgets what is older, a few at a time: nobody waits for a lock. Answers with how many. */
export const purgeErrors = async (database: Database, olderThan: Date): Promise<number> => {
  for (let purged = 0; ; ) {
    const rows = await database.query(
      'delete from amazon_error where id in (select id from amazon_error where at < $1 order by at limit $2) returning 1',
      [olderThan.toISOString(), chunk],
    );
    purged += rows.length;
    if (rows.length < chunk) return purged;
  }
};

const chunk = 2_000;
