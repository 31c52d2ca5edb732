import type { AmazonSecret } from '@orderbus/contracts';
import { type Clock, orderIdOf } from '@orderbus/kernel';
import { aggregates, type Database, type Target } from '@orderbus/outbox';
import { EntitySchema } from 'typeorm';
import { decideSecret, type SecretCommand, type SecretWatch } from '../domain/secret.ts';

export const SecretWatchEntity = new EntitySchema<SecretWatch>({
  name: 'secret_watch',
  columns: {
    id: { type: 'uuid', primary: true },
    tenant: { type: 'text' },
    version: { type: 'int' },
    secret: { type: 'text' },
    setAt: { name: 'set_at', type: 'timestamptz' },
    warned: { type: 'int', nullable: true },
  },
});

/** What was said of secrets. A row is made with the first warning. */
export const secretWatches = (clock: Clock): Target<SecretCommand> =>
  aggregates<SecretWatch, SecretCommand, { now: string }>({
    name: 'secretWatches',
    entity: SecretWatchEntity,
    decide: decideSecret,
    context: async () => ({ context: { now: clock.now().toISOString() }, finish: async () => {} }),
  });

/** The key of a secret of a store: its events are not those of an order. */
export const secretIdOf = (storeId: string, secret: AmazonSecret): string => orderIdOf(storeId, `secret:${secret}`);

export interface KnownSecret {
  readonly storeId: string;
  readonly storeName: string;
  readonly secret: AmazonSecret;
  readonly setAt: string;
  /** The store was deleted, and something is still said of its secret. */
  readonly isGone: boolean;
  /** The last warning, and of which one it was. */
  readonly warned: number | null;
  readonly warnedOf: string;
}

/** The secrets of all stores, with what was said of them. */
export const knownSecrets = (database: Database): Promise<KnownSecret[]> =>
  database.query(
    `select coalesce(s.id, w.tenant) as "storeId", coalesce(s.name, w.tenant) as "storeName", coalesce(s.secret, w.secret) as secret,
       coalesce(s.at, w.set_at) as "setAt", s.id is null as "isGone",
       w.warned, coalesce(w.set_at, s.at) as "warnedOf"
     from (select id, name, 'client-secret' as secret, secret_set_at as at from store
           union all select id, name, 'authorization', authorized_at from store) s
     full join secret_watch w on w.tenant = s.id and w.secret = s.secret
     where s.id is not null or w.warned is not null`,
  );
