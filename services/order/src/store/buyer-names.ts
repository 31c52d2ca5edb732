import { createHmac } from 'node:crypto';
import type { Database, Transaction } from '@orderbus/outbox';
import type { KeyRing } from '@orderbus/service-kit';
import { searchTermsOf } from '../vault/names.ts';
import { vaultSecret } from './vault-secret.ts';

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

export const nameIndex = (ring: KeyRing): NameIndex => {
  const secret = vaultSecret(ring, 'name-index');
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

/** Half the length of the hash: as good as unique, at half the size of the index. */
const tokenOf = (key: Buffer, word: string): Buffer => createHmac('sha256', key).update(word).digest().subarray(0, 16);
