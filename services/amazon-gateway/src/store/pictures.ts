import type { Database, Transaction } from '@orderbus/outbox';
import type { Command, LedgerContext } from '../domain/command.ts';
import { nextReference } from '../domain/package-references.ts';
import type { Picture } from '../domain/write-kind.ts';
import { commandColumns } from './command-entity.ts';

/** The orders about which something is to be decided: named, or those of these commands. */
export interface Wanted {
  readonly orderIds: readonly string[];
  readonly commandIds: readonly string[];
}

export interface Pictures extends Pick<LedgerContext, 'pictureOf' | 'packageReference'> {
  /** A command as it has just been decided: what is decided next, in the same transaction, takes it into account. */
  learn(command: Command): void;
  /** Writes the parcel numbers that were given out. */
  finish(tx: Transaction): Promise<void>;
}

/**
 * These orders with all that was asked about them, locked: who numbers parcels, or counts what was refunded, is alone with the order.
 * Four queries, however many orders.
 */
export const openPictures = async (tx: Transaction, wanted: Wanted): Promise<Pictures> => {
  const orders = await lockOrders(tx, wanted);
  const ids = orders.map(({ id }) => id);
  const earlier = Map.groupBy(await commandsOf(tx, ids), ({ orderId }) => orderId);
  const references = Map.groupBy(await referencesOf(tx, ids), ({ orderId }) => orderId);
  const voided = Map.groupBy(await voidedOf(tx, ids), ({ orderId }) => orderId);
  const pictures = new Map(
    orders.map(({ id, ...order }) => [id, { ...order, earlier: earlier.get(id) ?? [], voided: voided.get(id) ?? [] }]),
  );
  const given: Reference[] = [];

  return {
    pictureOf: (orderId) => pictures.get(orderId),
    packageReference: (orderId, shipmentId) => {
      const known = references.get(orderId) ?? [];
      const fixed = known.find((each) => each.shipmentId === shipmentId);
      if (fixed) return String(fixed.reference);
      const atAmazon = pictures.get(orderId)?.facts?.packages ?? [];
      const reference = nextReference([...known.map((each) => each.reference), ...atAmazon.map((each) => each.reference)]);
      const added = { orderId, shipmentId, reference };
      references.set(orderId, [...known, added]);
      given.push(added);
      return String(reference);
    },
    learn: (command) => {
      const picture = pictures.get(command.orderId);
      if (!picture) return;
      const others = picture.earlier.filter(({ id }) => id !== command.id);
      pictures.set(command.orderId, { ...picture, earlier: [...others, command] });
    },
    finish: async (inTx) => {
      if (given.length === 0) return;
      await inTx.query(
        `insert into package_reference (order_id, shipment_id, reference) select * from unnest($1::uuid[], $2::uuid[], $3::int[])`,
        [given.map((each) => each.orderId), given.map((each) => each.shipmentId), given.map((each) => each.reference)],
      );
    },
  };
};

interface Reference {
  readonly orderId: string;
  readonly shipmentId: string;
  readonly reference: number;
}

type Order = Omit<Picture, 'earlier' | 'voided'> & { readonly id: string };

/** When it was bought stands in the first thing that was published about the order, and never changes. */
const lockOrders = async (tx: Transaction, { orderIds, commandIds }: Wanted): Promise<Order[]> => {
  if (orderIds.length + commandIds.length === 0) return [];
  return tx.query(
    `select o.id, o.tenant, o.amazon_order_id as "amazonOrderId", o.marketplace_id as "marketplaceId", o.status,
       o.fulfilled_by as "fulfilledBy", o.facts,
       (select e.data ->> 'purchasedAt' from event_log e where e.aggregate_id = o.id and e.aggregate_version = 1) as "purchasedAt"
     from amazon_order o
     where o.id = any($1::uuid[]) or o.id in (select order_id from amazon_command where id = any($2::uuid[]))
     order by o.id for no key update of o`,
    [orderIds, commandIds],
  );
};

const commandsOf = async (tx: Transaction, orderIds: readonly string[]): Promise<Command[]> =>
  orderIds.length === 0 ? [] : tx.query(`select ${commandColumns} from amazon_command c where order_id = any($1::uuid[])`, [orderIds]);

const referencesOf = async (tx: Transaction, orderIds: readonly string[]): Promise<Reference[]> =>
  orderIds.length === 0
    ? []
    : tx.query(
        `select order_id as "orderId", shipment_id as "shipmentId", reference from package_reference where order_id = any($1::uuid[])`,
        [orderIds],
      );

const voidedOf = async (
  tx: Transaction,
  orderIds: readonly string[],
): Promise<(Picture['voided'][number] & { readonly orderId: string })[]> =>
  orderIds.length === 0
    ? []
    : tx.query(
        `select order_id as "orderId", shipment_id as "shipmentId", revision from voided_shipment where order_id = any($1::uuid[])`,
        [orderIds],
      );

/** One order as it is now, for a last look before something is sent. */
export const pictureOf = (database: Database, orderId: string): Promise<Picture | undefined> =>
  database.transaction(async (tx) => (await openPictures(tx, { orderIds: [orderId], commandIds: [] })).pictureOf(orderId));
