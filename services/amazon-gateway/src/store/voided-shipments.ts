import type { Item, Outcome, Target, Transaction } from '@orderbus/outbox';
import type { Step } from '../domain/command.ts';
import { statesBefore } from '../domain/lifecycle.ts';
import { voidedWords } from '../domain/shipment.ts';

/** A parcel is none any more. */
export interface VoidShipment {
  readonly orderId: string;
  readonly revision: number;
}

/** What waits, and would be sent. What may have been sent is left as it is: Amazon shows what became of it. */
const waiting = statesBefore('send', 'sending')
  .map((state) => `'${state}'`)
  .join();

/** Parcels of which Amazon is not told any more, neither by itself nor by hand. The key is the shipment's id. */
export const voidedShipments = (ledger: Target<Step>): Target<VoidShipment> => ({
  name: 'voided-shipments',
  run: async (tx, items) => {
    await lockOrders(tx, items);
    await tx.query(
      `insert into voided_shipment (shipment_id, tenant, order_id, revision, voided_at)
       select distinct on (shipment_id) shipment_id, tenant, order_id, revision, clock_timestamp()
       from unnest($1::uuid[], $2::text[], $3::uuid[], $4::int[]) as v(shipment_id, tenant, order_id, revision)
       order by shipment_id, revision desc
       on conflict (shipment_id) do update set revision = greatest(voided_shipment.revision, excluded.revision)`,
      [
        items.map(({ key }) => key),
        items.map(({ cause }) => cause.tenant),
        items.map(({ command }) => command.orderId),
        items.map(({ command }) => command.revision),
      ],
    );
    return refuseWaiting(ledger, tx, items);
  },
});

/** Whoever asks for a parcel of the order at this moment is through before, or finds it voided. */
const lockOrders = async (tx: Transaction, items: readonly Item<VoidShipment>[]): Promise<void> => {
  await tx.query('select id from amazon_order where id = any($1::uuid[]) order by id for no key update', [
    [...new Set(items.map(({ command }) => command.orderId))],
  ]);
};

const refuseWaiting = async (ledger: Target<Step>, tx: Transaction, items: readonly Item<VoidShipment>[]): Promise<Outcome[]> => {
  const rows: { id: string; shipmentId: string }[] = await tx.query(
    `select c.id, c.request ->> 'shipmentId' as "shipmentId" from amazon_command c
     join voided_shipment v on v.order_id = c.order_id and v.shipment_id::text = c.request ->> 'shipmentId'
     where v.shipment_id = any($1::uuid[]) and c.kind = 'shipment' and c.state in (${waiting}) and (c.request ->> 'revision')::int <= v.revision
     order by c.id`,
    [items.map(({ key }) => key)],
  );
  const refusals = rows.flatMap(({ id, shipmentId }): Item<Step>[] => {
    const item = items.find(({ key }) => key === shipmentId);
    const refusal = { code: 'shipment.voided', words: voidedWords };
    return item ? [{ ...item, key: id, command: { type: 'refuse', refusal } }] : [];
  });
  const outcomes = refusals.length > 0 ? await ledger.run(tx, refusals) : [];
  // What the ledger has to say is told with the event that led to it.
  const said = new Map<string, Outcome>();
  rows.forEach(({ shipmentId }, n) => {
    const outcome = outcomes[n];
    if (outcome && 'events' in outcome) said.set(shipmentId, { events: [...eventsOf(said.get(shipmentId)), ...outcome.events] });
  });
  return items.map(({ key }, n) => (items.findIndex((item) => item.key === key) === n ? (said.get(key) ?? nothing) : nothing));
};

const nothing: Outcome = { events: [] };

const eventsOf = (outcome: Outcome | undefined) => (outcome && 'events' in outcome ? outcome.events : []);
