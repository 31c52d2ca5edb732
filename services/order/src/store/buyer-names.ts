import { createHmac } from 'node:crypto';
import type { Database, Transaction } from '@orderbus/outbox';
import { generateKey, type KeyRing } from '@orderbus/service-kit';
import { searchTermsOf } from '../vault/names.ts';

/** Finds orders by the names of their buyers, in a table that holds no names. */
export interface NameIndex {
  /** From now on these orders are found by these words, and by no others. */
  replace(tx: Transaction, wordsOf: ReadonlyMap<string, readonly string[]>): Promise<void>;
  /**
   * What `buyer_name_index.token` holds for the words of a search; an order is meant when it has all of them. None when nothing in the text
   * is long enough to look for.
   */
  tokensOf(database: Pick<Database, 'query'>, text: string): Promise<readonly Buffer[]>;
}

/** Its key is a secret of its own, kept sealed with the ring: a new key in the ring changes no entry. */
export const nameIndex = (ring: KeyRing): NameIndex => {
  let known: Buffer | undefined;
  const find = async (query: Query): Promise<Buffer | undefined> => {
    const [row] = (await query(`select sealed from vault_secret where name = '${name}'`)) as [{ sealed: string }?];
    return row && Buffer.from(ring.open(row.sealed, secretContextOf(name)) as string, 'base64');
  };
  const secret = async (query: Query): Promise<Buffer> => {
    known ??= await find(query);
    if (known !== undefined) return known;
    await query(`insert into vault_secret (name, sealed) values ('${name}', $1) on conflict do nothing`, [
      ring.seal(generateKey(), secretContextOf(name)),
    ]);
    // Not remembered yet: if this transaction is rolled back, somebody else makes another one.
    return (await find(query)) as Buffer;
  };

  return {
    replace: async (tx, words) => {
      if (words.size === 0) return;
      const key = await secret((sql, parameters) => tx.query(sql, parameters));
      const orderIds = [...words.keys()].sort();
      const entries = orderIds.flatMap((orderId) => (words.get(orderId) ?? []).map((word) => ({ orderId, token: tokenOf(key, word) })));
      await tx.query('delete from buyer_name_index where order_id = any($1::uuid[])', [orderIds]);
      await tx.query('insert into buyer_name_index (order_id, token) select * from unnest($1::uuid[], $2::bytea[])', [
        entries.map(({ orderId }) => orderId),
        entries.map(({ token }) => token),
      ]);
    },
    tokensOf: async (database, text) => {
      const words = searchTermsOf(text);
      if (words.length === 0) return [];
      const key = await secret((sql, parameters) => database.query(sql, parameters));
      return words.map((word) => tokenOf(key, word));
    },
  };
};

type Query = (sql: string, parameters?: unknown[]) => Promise<unknown[]>;

const name = 'name-index';

/** For what a secret of the vault is sealed. */
export const secretContextOf = (secret: string): string => `vault-secret:${secret}`;

/** Half the length of the hash: as good as unique, at half the size of the index. */
const tokenOf = (key: Buffer, word: string): Buffer => createHmac('sha256', key).update(word).digest().subarray(0, 16);
