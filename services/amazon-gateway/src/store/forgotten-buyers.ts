import { redactLog, type Target } from '@orderbus/outbox';

/** The buyer of an order has to be forgotten. */
export interface ForgetBuyer {
  readonly purgedAt: string;
}

/** Removes what is kept of buyers, sealed as it is: with their orders, in what was published, in what was said to them, and in answers that nobody could read. */
export const forgottenBuyers: Target<ForgetBuyer> = {
  name: 'forgotten-buyers',
  run: async (tx, items) => {
    const ids = [...new Set(items.map(({ key }) => key))].sort();
    const purgedAt = new Map(items.map(({ key, command }) => [key, command.purgedAt]));
    await tx.query(
      `with forgotten as (
         update amazon_order o set sealed_buyer = null, buyer_purged_at = coalesce(o.buyer_purged_at, u.purged_at)
         from (select * from unnest($1::uuid[], $2::timestamptz[]) as u(id, purged_at) order by id) u where o.id = u.id
         returning o.tenant, o.amazon_order_id)
       delete from unreadable_order r using forgotten f where r.tenant = f.tenant and r.amazon_order_id = f.amazon_order_id`,
      [ids, ids.map((id) => purgedAt.get(id))],
    );
    await tx.query(
      'with words as (delete from contact_letter where order_id = any($1::uuid[])) delete from contact_attachment where order_id = any($1::uuid[])',
      [ids],
    );
    await redactLog(tx, ids, 'sealedBuyer');
    return items.map(() => ({ events: [] }));
  },
};
