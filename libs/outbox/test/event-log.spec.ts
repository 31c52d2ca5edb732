import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { defineEvent } from '@orderbus/contracts';
import { newId, systemClock } from '@orderbus/kernel';
import { z } from 'zod';
import { append, eventsOf, type RecordedEvent } from '../src/index.ts';
import { type CountingService, countingService } from './counters.ts';

const Paid = defineEvent('order.paid', 1, z.object({ orderId: z.uuid() }));
const ParcelLost = defineEvent('parcel.lost', 1, z.object({ orderId: z.uuid(), parcel: z.string() }));

let service: CountingService;
beforeAll(async () => {
  service = await countingService();
});
afterAll(() => service.stop());

describe("the log of an order's events", () => {
  const record = (aggregateId: string, aggregateVersion: number, event: Pick<RecordedEvent, 'definition' | 'data'>) =>
    service.database.transaction((tx) =>
      append(tx, [{ event: { ...event, aggregateId, aggregateVersion }, cause: { tenant: 'main', correlationId: newId() } }], systemClock),
    );
  const typesOf = async (id: string) => (await eventsOf(service.database, id)).map(({ type, aggregateId }) => `${type} ${aggregateId}`);

  test('holds what happened to things that belong to it, in the order in which it happened', async () => {
    const [order, parcel, other] = [newId(), newId(), newId()];
    await record(order, 1, Paid.of({ orderId: order }) as never);
    await record(parcel, 1, ParcelLost.of({ orderId: order, parcel: 'one' }) as never);
    await record(newId(), 1, ParcelLost.of({ orderId: other, parcel: 'of another order' }) as never);
    await record(order, 2, Paid.of({ orderId: order }) as never);
    expect(await typesOf(order)).toEqual([`order.paid ${order}`, `parcel.lost ${parcel}`, `order.paid ${order}`]);
    expect(await typesOf(parcel)).toEqual([`parcel.lost ${parcel}`]);
  });

  test('is found by index, however much is logged', async () => {
    const plan = await service.database.transaction(async (tx) => {
      await tx.query('set local enable_seqscan = off');
      return tx.query(
        `explain select seq from event_log where data ->> 'orderId' = $1::uuid::text and data ->> 'orderId' <> aggregate_id::text`,
        [newId()],
      );
    });
    expect(JSON.stringify(plan)).toContain('event_log_1_order');
    expect(JSON.stringify(plan)).not.toContain('Seq Scan');
  });
});
