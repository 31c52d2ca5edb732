import type { Database } from '@orderbus/outbox';
import type { Command } from '../domain/command.ts';
import { saidAmong } from '../domain/contact/contact-kind.ts';
import type { ContactOrder } from '../domain/contact/permission.ts';
import { commandColumns } from './command-entity.ts';

/** When it has to be delivered stands in what was last published about it. */
export const contactOrderOf = async (database: Database, orderId: string): Promise<ContactOrder | undefined> => {
  const [order] = await database.query<Omit<ContactOrder, 'said'>>(
    `select o.id as "orderId", o.tenant, o.amazon_order_id as "amazonOrderId", o.marketplace_id as "marketplaceId", o.status,
       o.fulfilled_by as "fulfilledBy", coalesce(o.facts -> 'programs', '[]') as programs, o.buyer_purged_at is not null as "buyerForgotten",
       (select e.data -> 'deliverBy' from event_log e where e.aggregate_id = o.id and e.aggregate_version = o.version) as "deliverBy"
     from amazon_order o where o.id = $1`,
    [orderId],
  );
  return order && { ...order, said: saidAmong(await contactsOf(database, orderId)) };
};

/** All that was asked to be said to the buyer, first asked first. */
const contactsOf = (database: Database, orderId: string): Promise<Command[]> =>
  database.query(`select ${commandColumns} from amazon_command c where order_id = $1 and kind = 'contact' order by requested_at, id`, [
    orderId,
  ]);
