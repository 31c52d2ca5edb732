import type { Transaction } from '@orderbus/outbox';
import { wordsOfTracking } from './search-words.ts';

/** These orders are found by the number that they bear now, and by the one before: as words of ours, which no snapshot takes away. */
export const findByBothNumbers = async (tx: Transaction, orderIds: readonly string[]): Promise<void> => {
  if (orderIds.length === 0) return;
  const rows: { id: string; numbers: string[] }[] = await tx.query(
    `select id, array_remove(array[number, former_number], null) as numbers from orders where id = any($1::uuid[]) order by id`,
    [orderIds],
  );
  await tx.query(
    `update order_search s set own_words = s.own_words || n.words, words = s.words || n.words
     from (select u.id, array_to_tsvector(array(select jsonb_array_elements_text(u.words))) as words
       from unnest($1::uuid[], $2::jsonb[]) as u(id, words)) n
     where s.order_id = n.id`,
    [rows.map(({ id }) => id), rows.map(({ numbers }) => JSON.stringify(numbers.flatMap(wordsOfNumber)))],
  );
};

/** Nobody says the zeros in front. */
const wordsOfNumber = (number: string): string[] => {
  const words = wordsOfTracking(number);
  return [...new Set([...words, ...words.map((word) => word.replace(/^0+(?=.)/, ''))])];
};
