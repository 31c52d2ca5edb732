import type { AmazonOrder } from '@orderbus/contracts';
import type { Item, Target } from '@orderbus/outbox';
import { wordsInNumber } from './number-words.ts';
import { searchWordsOf } from './search-words.ts';

/** What the list has to know of a snapshot beside the order's own facts. */
export interface IndexOrder {
  readonly snapshot: Pick<AmazonOrder, 'amazonOrderId' | 'purchasedAt' | 'lines' | 'packages' | 'shipToCountry'>;
  readonly version: number;
}

/**
 * Words to search for, and the country that an order goes to. Runs after `orders`, by its name: the row of the list is there, and our number
 * if this snapshot brought it. That may be an older one that came late: the number is added to the words then.
 */
export const searchIndex: Target<IndexOrder> = {
  name: 'search-index',
  run: async (tx, items) => {
    const newest = newestByOrder(items);
    // Written in id order: two batches can never wait for each other in a circle.
    const ids = [...newest.keys()].sort();
    const commands = ids.map((id) => newest.get(id) as IndexOrder);
    await tx.query(
      `with fresh as (
         insert into order_search as s (order_id, amazon_version, purchased_at, numbered, words)
         select u.id, u.version, u.purchased_at, o.number is not null,
           array_to_tsvector(array(select jsonb_array_elements_text(u.words)) || ${wordsInNumber('o.number')})
         from unnest($1::uuid[], $2::int[], $3::timestamptz[], $4::jsonb[]) as u(id, version, purchased_at, words)
         join orders o on o.id = u.id
         on conflict (order_id) do update set
             amazon_version = greatest(s.amazon_version, excluded.amazon_version),
             purchased_at = excluded.purchased_at,
             numbered = excluded.numbered,
             words = case when excluded.amazon_version > s.amazon_version then excluded.words || s.own_words else s.words || excluded.words end
           where excluded.amazon_version > s.amazon_version or (excluded.numbered and not s.numbered)
         returning s.order_id, s.amazon_version)
       update order_list l set ship_to_country = u.country
       from unnest($1::uuid[], $2::int[], $5::text[]) as u(id, version, country)
       join fresh f on f.order_id = u.id and f.amazon_version = u.version
       where l.order_id = u.id and l.ship_to_country <> u.country`,
      [
        ids,
        commands.map(({ version }) => version),
        commands.map(({ snapshot }) => snapshot.purchasedAt),
        commands.map(({ snapshot }) => JSON.stringify(searchWordsOf(snapshot))),
        commands.map(({ snapshot }) => snapshot.shipToCountry ?? ''),
      ],
    );
    return items.map(() => ({ events: [] }));
  },
};

const newestByOrder = (items: readonly Item<IndexOrder>[]): Map<string, IndexOrder> => {
  const newest = new Map<string, IndexOrder>();
  for (const { key, command } of items) {
    const other = newest.get(key);
    if (other === undefined || command.version > other.version) newest.set(key, command);
  }
  return newest;
};
