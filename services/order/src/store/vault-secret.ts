import { generateKey, type KeyRing } from '@orderbus/service-kit';

export type Query = (sql: string, parameters?: unknown[]) => Promise<unknown[]>;

/** For what a secret of the vault is sealed. */
export const secretContextOf = (secret: string): string => `vault-secret:${secret}`;

/** A secret that makes hashes nobody else can make, kept sealed with the ring: a new key in the ring changes none of them. */
export const vaultSecret = (ring: KeyRing, name: string): ((query: Query) => Promise<Buffer>) => {
  let known: Buffer | undefined;
  const find = async (query: Query): Promise<Buffer | undefined> => {
    const [row] = (await query('select sealed from vault_secret where name = $1', [name])) as [{ sealed: string }?];
    return row && Buffer.from(ring.open(row.sealed, secretContextOf(name)) as string, 'base64');
  };
  return async (query) => {
    known ??= await find(query);
    if (known !== undefined) return known;
    await query('insert into vault_secret (name, sealed) values ($1, $2) on conflict do nothing', [
      name,
      ring.seal(generateKey(), secretContextOf(name)),
    ]);
    // Not remembered yet: if this transaction is rolled back, somebody else makes another one.
    return (await find(query)) as Buffer;
  };
};
