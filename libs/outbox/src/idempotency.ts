import type { Database } from './database/open.ts';

/** A request that its caller may send again without wanting it done again. */
export interface IdempotentRequest {
  /** Method and path. */
  readonly operation: string;
  /** What the caller calls this request. */
  readonly key: string;
  /** The same for the same content. */
  readonly fingerprint: string;
}

export interface KeptAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON text; null: no body. */
  readonly body: string | null;
}

/** What a request meets: nobody (it is ours to do), itself under way or with other content, or the answer that was given. */
export type ClaimedRequest = 'ours' | 'in-flight' | 'other-content' | KeptAnswer;

/** Remembers which requests were made and what they were answered. */
export interface IdempotencyKeys {
  claim(request: IdempotentRequest): Promise<ClaimedRequest>;
  /** Keeps what was claimed for as long as it takes. Call the answer when it is done. */
  hold(request: IdempotentRequest): () => void;
  keep(request: IdempotentRequest, answer: KeptAnswer): Promise<void>;
  /** It had no effect: the next one under this key may try. */
  release(request: IdempotentRequest): Promise<void>;
}

/** A process that died holds its keys no longer than this. */
const claimMs = 15_000;
const renewEveryMs = claimMs / 4;

export const idempotencyKeys = (database: Database): IdempotencyKeys => ({
  claim: async ({ operation, key, fingerprint }) => {
    const [ours] = await database.query(
      `insert into idempotency_key as k (operation, key, fingerprint, claimed_until)
       values ($1, $2, $3, clock_timestamp() + $4 * interval '1 ms')
       on conflict (operation, key) do update set claimed_until = excluded.claimed_until
         where k.status is null and k.claimed_until < clock_timestamp() and k.fingerprint = excluded.fingerprint
       returning 1`,
      [operation, key, fingerprint, claimMs],
    );
    if (ours) return 'ours';
    const [known] = await database.query<{ fingerprint: string } & KeptAnswer>(
      'select fingerprint, status, headers, body from idempotency_key where operation = $1 and key = $2',
      [operation, key],
    );
    // It was let go in between: whoever asks again will have it.
    if (!known) return 'in-flight';

    if (known.fingerprint !== fingerprint) return 'other-content';
    const { status, headers, body } = known;
    return status === null ? 'in-flight' : { status, headers, body };
  },
  hold: ({ operation, key }) => {
    const renew = (): void => {
      database
        .query(
          `update idempotency_key set claimed_until = clock_timestamp() + $3 * interval '1 ms'
           where operation = $1 and key = $2 and status is null`,
          [operation, key, claimMs],
        )
        // Next time; or the database is gone, and with it everybody else's chance.
        .catch(() => {});
    };
    const timer = setInterval(renew, renewEveryMs);
    return () => clearInterval(timer);
  },
  keep: async ({ operation, key }, { status, headers, body }) => {
    await database.query('update idempotency_key set status = $3, headers = $4, body = $5 where operation = $1 and key = $2', [
      operation,
      key,
      status,
      JSON.stringify(headers),
      body,
    ]);
  },
  release: async ({ operation, key }) => {
    await database.query('delete from idempotency_key where operation = $1 and key = $2 and status is null', [operation, key]);
  },
});

/** A caller that tries again does so within a day. */
export const idempotencyKeptMs = 24 * 3_600_000;

/** Forgets the answers given before this moment, a few at a time. */
export const purgeIdempotencyKeys = async (database: Database, before: Date): Promise<number> => {
  for (let purged = 0; ; ) {
    const rows = await database.query(
      `delete from idempotency_key where (operation, key) in
         (select operation, key from idempotency_key where created_at < $1 limit 5000) returning 1`,
      [before.toISOString()],
    );
    purged += rows.length;
    if (rows.length < 5_000) return purged;
  }
};
