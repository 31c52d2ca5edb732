import type { Refusal } from '@orderbus/contracts';
import { documentIdOf } from '@orderbus/kernel';
import {
  type Item,
  insertNew,
  lockByIds,
  type Outcome,
  type RecordedEvent,
  type Target,
  type Transaction,
  updateExisting,
} from '@orderbus/outbox';
import type { Command } from '../domain/shipping/command.ts';
import { decide } from '../domain/shipping/decide.ts';
import type { Objection } from '../domain/shipping/decision.ts';
import type { Shipping } from '../domain/shipping/order.ts';
import type { Parcel } from '../domain/shipping/parcel.ts';
import { ShipmentEntity, type ShipmentRow, ShippingOrderEntity, type ShippingOrderRow } from './shipping-entities.ts';
import { parcelsOf } from './shipping-loading.ts';

/** A refusal that says by field what a person has to know. */
export type ShippingOutcome = Outcome | { readonly refused: Refusal; readonly detail?: string; readonly objection?: Objection };

/** An order with its parcels, as the batch sees it. */
interface Kept {
  readonly row: Pick<ShippingOrderRow, 'tenant' | 'version'>;
  readonly shipping: Shipping;
}

/**
 * Orders and their parcels. Whoever wants one of the parcels has locked the order, in id order, so that two requests can never ship
 * the same unit. The events count for themselves: those about the stock of an order are numbered elsewhere.
 */
export const shipping: Target<Command> = {
  name: 'shipping',
  run: async (tx, items) => {
    const ids = [...new Set(items.map(({ key }) => key))].sort();
    const loaded = await load(tx, ids);
    const kept = new Map(loaded);
    const outcomes = items.map((item) => decideOne(item, kept));
    await save(tx, kept, loaded);
    return outcomes;
  },
};

const decideOne = ({ key: id, command, cause }: Item<Command>, kept: Map<string, Kept>): ShippingOutcome => {
  const before = kept.get(id);
  const step = decide(before?.shipping, command, id);
  if ('refused' in step) return step;
  const version = before?.row.version ?? 0;
  kept.set(id, { row: { tenant: before?.row.tenant ?? cause.tenant, version: version + step.events.length }, shipping: step.state });
  const aggregateId = documentIdOf(id, 'shipping');
  return { events: step.events.map((event, n): RecordedEvent => ({ ...event, aggregateId, aggregateVersion: version + n + 1 })) };
};

const load = async (tx: Transaction, ids: readonly string[]): Promise<Map<string, Kept>> => {
  const rows = await lockByIds(tx, ShippingOrderEntity, ids);
  const parcels = await parcelsOf(
    tx,
    rows.map(({ id }) => id),
  );
  return new Map(
    rows.map(({ id, tenant, version, ...order }) => [
      id,
      { row: { tenant, version }, shipping: { order, parcels: parcels.get(id) ?? [] } },
    ]),
  );
};

const save = async (tx: Transaction, kept: ReadonlyMap<string, Kept>, loaded: ReadonlyMap<string, Kept>): Promise<void> => {
  const changed = [...kept].filter(([id, one]) => one !== loaded.get(id)).sort(([a], [b]) => (a < b ? -1 : 1));
  const orders = changed.map(
    ([
      id,
      {
        row,
        shipping: { order },
      },
    ]): ShippingOrderRow => ({ ...order, ...row, id }),
  );
  const isKnownOrder = ({ id }: { id: string }): boolean => loaded.has(id);
  await insertNew(
    tx,
    ShippingOrderEntity,
    orders.filter((row) => !isKnownOrder(row)),
  );
  await updateExisting(tx, ShippingOrderEntity, orders.filter(isKnownOrder));

  const before = new Map([...loaded.values()].flatMap((one) => one.shipping.parcels.map((parcel) => [parcel.id, parcel] as const)));
  const parcels = changed.flatMap(
    ([
      orderId,
      {
        row,
        shipping: { parcels: list },
      },
    ]) => list.flatMap((parcel) => (before.get(parcel.id) === parcel ? [] : [rowOf(parcel, orderId, row.tenant)])),
  );
  await insertNew(
    tx,
    ShipmentEntity,
    parcels.filter(({ id }) => !before.has(id)),
  );
  await updateExisting(
    tx,
    ShipmentEntity,
    parcels.filter(({ id }) => before.has(id)),
  );
};

const rowOf = (parcel: Parcel, orderId: string, tenant: string): ShipmentRow => ({ ...parcel, orderId, tenant });
