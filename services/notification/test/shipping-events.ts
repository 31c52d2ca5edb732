import { randomUUID } from 'node:crypto';
import { type EventDefinition, ShipByAtRisk, ShipByMissed, ShipBySettled, ShipmentVoided } from '@orderbus/contracts';
import type { Message } from './builders.ts';

type Outcome = 'shipped' | 'canceled' | 'moved';

/** What fulfillment tells of an order's deadlines, an aggregate of its own, numbered as it is told; and of its parcels, another one. */
export const aShipping = (tenant: string, orderId: string = randomUUID()) => {
  const order = { orderId, number: '000000012', amazonOrderId: '114-1234567-1234567' };
  const aggregate = () => {
    const aggregateId = randomUUID();
    let version = 0;
    return <Data>(definition: EventDefinition<Data>, data: NoInfer<Data>): Message => {
      version += 1;
      return {
        definition: definition as unknown as EventDefinition,
        event: definition.parse({
          ...{ id: randomUUID(), type: definition.type, version: definition.version, tenant, aggregateId, aggregateVersion: version },
          ...{ occurredAt: new Date(Date.UTC(2026, 4, 4, 10, 0, version)).toISOString(), correlationId: `test ${tenant}`, data },
        }),
      };
    };
  };
  const deadlines = aggregate();
  const parcels = aggregate();
  const on = (day: number) => ({ ...order, shipBy: new Date(Date.UTC(2026, 4, day, 22)).toISOString() });
  return {
    ...order,
    atRisk: (day = 4) => deadlines(ShipByAtRisk, { ...on(day), obstacles: ['stock'] }),
    missed: (day = 4) => deadlines(ShipByMissed, { ...on(day), obstacles: [] }),
    settled: (outcome: Outcome, day = 4) => deadlines(ShipBySettled, { ...on(day), outcome }),
    voided: (shipmentId: string, revision: number) =>
      parcels(ShipmentVoided, { orderId, shipmentId, revision, reason: 'packed twice', actor: { kind: 'person', name: 'Anna' } }),
  };
};
