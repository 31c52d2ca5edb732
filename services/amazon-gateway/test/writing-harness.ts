import { randomUUID } from 'node:crypto';
import {
  AmazonPickupConfirmed,
  AmazonPickupRejected,
  AmazonShipmentConfirmed,
  AmazonShipmentRejected,
  AmazonWriteUncertain,
  type Event,
  type EventDefinition,
  PickupProgressed,
  ShipmentCorrected,
  ShipmentDispatched,
  ShipmentVoided,
} from '@orderbus/contracts';
import { orderIdOf } from '@orderbus/kernel';
import { eventually } from '@orderbus/testkit';
import type { PickupData, ShipmentData } from '../src/domain/write-request.ts';
import type { CommandView } from '../src/http/command-view.ts';
import { type GatewayHarness, gatewayHarness, type HarnessWish } from './gateway-harness.ts';

/** A write as the sandbox has received it. */
export interface LedgerEntry {
  readonly operation: string;
  readonly orderId: string;
  readonly packageReference?: string;
  readonly effect: string;
  readonly reason?: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into requests freely
  readonly request: any;
}

export interface WritingHarness extends GatewayHarness {
  /** The number of the line of an order, and its units. */
  line(amazonOrderId: string): Promise<{ lineId: string; quantity: number }>;
  /** Fulfillment hands over a parcel with one unit of the order's first line; answers with what it said. */
  dispatch(amazonOrderId: string, changes?: Partial<ShipmentData>): Promise<ShipmentData>;
  correct(parcel: ShipmentData, changes: Partial<ShipmentData>): Promise<ShipmentData>;
  /** Fulfillment takes a parcel back that is none. */
  voidParcel(parcel: ShipmentData): Promise<void>;
  pickup(amazonOrderId: string, status: PickupData['status']): Promise<void>;
  /** What has arrived at Amazon about this order, oldest first. */
  arrived(amazonOrderId: string): Promise<LedgerEntry[]>;
  commands(query?: string): Promise<CommandView[]>;
  /** The only command of an order, once it has come to this state. */
  command(amazonOrderId: string, state: string): Promise<CommandView>;
  told<Data>(definition: EventDefinition<Data>): Event<Data>[];
  /** Switches on a fault of the sandbox. */
  fault(wish: object): Promise<void>;
}

const results = [
  AmazonShipmentConfirmed,
  AmazonShipmentRejected,
  AmazonPickupConfirmed,
  AmazonPickupRejected,
  AmazonWriteUncertain,
] as const;

/** The gateway with a whole Amazon behind it, and with impatience: what is unknown is read back soon. */
export const writingHarness = async ({ env, ...wish }: HarnessWish = {}): Promise<WritingHarness> => {
  const harness = await gatewayHarness({
    ...wish,
    env: { AMAZON_READ_BACK_DELAYS: '300ms,500ms', RETRY_DELAYS: '300ms,1s,2s,4s', ...env },
  });
  const { service, sandbox } = harness;
  const heard: Event[] = [];
  const topics = results.map(({ topic }) => topic);
  await service.broker.declare({ queue: 'writes-probe', topics });
  await service.broker.subscribe({ queue: 'writes-probe' }, async (batch) => {
    for (const { body } of batch) heard.push(JSON.parse(body.toString('utf8')));
    return batch.map(() => ({ fate: 'done' }));
  });

  // biome-ignore lint/suspicious/noExplicitAny: the sandbox answers with what it knows
  const ask = async (path: string, init: RequestInit = {}): Promise<any> => {
    const response = await fetch(`${sandbox.url}/sandbox${path}`, { ...init, headers: { 'content-type': 'application/json' } });
    if (!response.ok) throw new Error(`sandbox: ${await response.text()}`);
    return response.json();
  };
  const line: WritingHarness['line'] = async (amazonOrderId) => {
    const { orderItems } = (await ask(`/orders/${amazonOrderId}`)).order;
    return { lineId: orderItems[0].orderItemId, quantity: orderItems[0].quantityOrdered };
  };
  const publish = (definition: typeof ShipmentDispatched, data: ShipmentData) =>
    service.publish(definition, data, { aggregateId: randomUUID(), aggregateVersion: 1, tenant: 'na' });
  const commands: WritingHarness['commands'] = async (query = '') => {
    const { body } = await service.get(`/commands?${query}`);
    return Promise.all(body.items.map(async ({ id }: CommandView) => (await service.get(`/commands/${id}`)).body));
  };

  return {
    ...harness,
    line,
    dispatch: async (amazonOrderId, changes = {}) => {
      const { lineId } = await line(amazonOrderId);
      const parcel: ShipmentData = {
        orderId: orderIdOf('na', amazonOrderId),
        shipmentId: randomUUID(),
        revision: 1,
        shippedAt: new Date().toISOString(),
        carrier: 'UPS',
        trackingNumber: '1Z0000000000000001',
        labelFrom: 'seller',
        lines: [{ lineId, quantity: 1 }],
        ...changes,
      };
      await publish(ShipmentDispatched, parcel);
      return parcel;
    },
    correct: async (parcel, changes) => {
      const corrected = { ...parcel, revision: parcel.revision + 1, ...changes };
      await publish(ShipmentCorrected, corrected);
      return corrected;
    },
    voidParcel: async ({ orderId, shipmentId, revision }) => {
      const data = { orderId, shipmentId, revision: revision + 1, actor: { kind: 'person', name: 'Kim' } } as const;
      await service.publish(ShipmentVoided, data, { aggregateId: shipmentId, aggregateVersion: revision + 1, tenant: 'na' });
    },
    pickup: async (amazonOrderId, status) => {
      const data = { orderId: orderIdOf('na', amazonOrderId), status };
      await service.publish(PickupProgressed, data, { aggregateId: randomUUID(), aggregateVersion: 1, tenant: 'na' });
    },
    arrived: async (amazonOrderId) => (await ask(`/ledger?orderId=${amazonOrderId}`)).entries,
    commands,
    command: (amazonOrderId, state) =>
      eventually(async () => {
        const found = await commands(`amazonOrderId=${amazonOrderId}`);
        const [command] = found;
        if (!command || found.length > 1 || command.state !== state) throw new Error(JSON.stringify(found, undefined, 1));
        return command;
      }),
    told: <Data>({ type }: EventDefinition<Data>) => heard.filter((event) => event.type === type) as Event<Data>[],
    fault: async (wish) => void (await ask('/faults', { method: 'POST', body: JSON.stringify(wish) })),
  };
};
