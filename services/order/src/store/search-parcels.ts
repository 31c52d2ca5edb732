import type { Target } from '@orderbus/outbox';
import { wordsOfTracking } from './search-words.ts';

/** A parcel of ours left, or what was said about it is corrected. */
export interface Tracked {
  readonly trackingNumber: string;
}

/**
 * Tracking numbers of our own parcels, from the moment they leave: Amazon shows them much later, or never. A number that was corrected
 * is still found, since it may stand on the parcel.
 */
export const searchParcels: Target<Tracked> = {
  name: 'search-parcels',
  run: async (tx, items) => {
    const ids = [...new Set(items.map(({ key }) => key))].sort();
    const rows: { order_id: string }[] = await tx.query(
      'select order_id from order_search where order_id = any($1::uuid[]) order by order_id for no key update',
      [ids],
    );
    const known = new Set(rows.map((row) => row.order_id));
    const meant = items.filter(({ key }) => known.has(key));
    await tx.query(
      `with parcel as (
         select u.id, array_to_tsvector(array_agg(distinct word)) as words
         from unnest($1::uuid[], $2::jsonb[]) as u(id, words) cross join jsonb_array_elements_text(u.words) as word group by u.id)
       update order_search s set own_words = s.own_words || parcel.words, words = s.words || parcel.words
       from parcel where s.order_id = parcel.id and s.own_words || parcel.words <> s.own_words`,
      [meant.map(({ key }) => key), meant.map(({ command }) => JSON.stringify(wordsOfTracking(command.trackingNumber)))],
    );
    return items.map(({ key }) => (known.has(key) ? { events: [] } : { refused: 'too-early', detail: 'the order is not known here yet' }));
  },
};
