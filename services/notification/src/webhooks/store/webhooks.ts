import { allStores } from '@orderbus/contracts';
import { AppError } from '@orderbus/kernel';
import type { Database, Transaction } from '@orderbus/outbox';
import type { Health } from '../domain/health.ts';
import { likeOf } from '../domain/topics.ts';

/** Somebody outside who wants to be told. */
export interface Webhook extends Health, WebhookContent {
  readonly id: string;
  /** How often a person was told that it was stopped, or that it goes on. */
  readonly told: number;
  readonly createdAt: string;
}

interface WebhookContent {
  readonly description: string;
  /** Topics, or the beginnings of topics. */
  readonly topics: readonly string[];
  /** Null: all of them. */
  readonly tenants: readonly string[] | null;
  /** Its URL and secrets. */
  readonly sealed: string;
  readonly shownUrl: string;
}

/** A database, or a transaction in it. */
type Queries = Pick<Database, 'query'> | Transaction;

const select = (alias: string): string =>
  [
    ...['id', 'description', 'topics', 'tenants', 'sealed', 'state', 'failures', 'told'].map((column) => `${alias}.${column}`),
    `${alias}.shown_url as "shownUrl"`,
    `${alias}.state_reason as "stateReason"`,
    `${alias}.state_since as "stateSince"`,
    `${alias}.failing_since as "failingSince"`,
    `${alias}.rest_until as "restUntil"`,
    `${alias}.created_at as "createdAt"`,
  ].join(', ');

/** Those of these stores; of all webhooks without. */
export const listWebhooks = (database: Database, stores: readonly string[] | undefined): Promise<Webhook[]> =>
  database.query(`select ${select('w')} from webhook w where $1::text[] is null or w.tenants <@ $1 order by w.created_at, w.id`, [
    stores ?? null,
  ]);

/** @throws AppError `webhook.unknown` */
export const knownWebhook = async (database: Queries, id: string): Promise<Webhook> => {
  const [webhook] = (await database.query(`select ${select('w')} from webhook w where w.id = $1`, [id])) as Webhook[];
  if (!webhook) throw unknownWebhook(id);
  return webhook;
};

/** All of them stand for more than any list. Nothing for a webhook that there is not. */
export const storesOfWebhook = async (database: Database, id: string): Promise<readonly string[] | undefined> => {
  const [row] = await database.query<{ tenants: string[] | null }>('select tenants from webhook where id = $1', [id]);
  return row && (row.tenants ?? [allStores]);
};

/** As long as the transaction lasts, nobody else changes it. New deliveries may come all the same. */
export const lockWebhook = async (tx: Transaction, id: string): Promise<Webhook | undefined> => {
  const [webhook]: Webhook[] = await tx.query(`select ${select('w')} from webhook w where w.id = $1 for no key update`, [id]);
  return webhook;
};

/** Made again by the same request, it is there already. */
export const saveWebhook = async (tx: Queries, webhook: Webhook): Promise<void> => {
  await tx.query(
    `insert into webhook (id, description, topics, likes, tenants, sealed, shown_url, state, state_reason, state_since, failures,
       failing_since, rest_until, told, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
     on conflict (id) do update set description = excluded.description, topics = excluded.topics, likes = excluded.likes,
       tenants = excluded.tenants, sealed = excluded.sealed, shown_url = excluded.shown_url, state = excluded.state,
       state_reason = excluded.state_reason, state_since = excluded.state_since, failures = excluded.failures,
       failing_since = excluded.failing_since, rest_until = excluded.rest_until, told = excluded.told`,
    [
      webhook.id,
      webhook.description,
      webhook.topics,
      webhook.topics.map(likeOf),
      webhook.tenants,
      webhook.sealed,
      webhook.shownUrl,
      webhook.state,
      webhook.stateReason,
      webhook.stateSince,
      webhook.failures,
      webhook.failingSince,
      webhook.restUntil,
      webhook.told,
      webhook.createdAt,
    ],
  );
};

/** With its deliveries. */
export const deleteWebhook = async (tx: Transaction, id: string): Promise<void> => {
  await tx.query('delete from webhook where id = $1', [id]);
};

export const unknownWebhook = (id: string): AppError => new AppError('not-found', 'webhook.unknown', { id });
