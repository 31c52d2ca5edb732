import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parseConfig, type Service } from '@orderbus/service-kit';
import { eventually, type Harness, serviceHarness } from '@orderbus/testkit';
import { buildNotificationApp, NotificationConfig, schema } from '../src/app.ts';
import { type Message, ringText, shuffled } from './builders.ts';
import { anAmazonOrder } from './gateway-events.ts';
import { aShipping } from './shipping-events.ts';

/** What fulfillment tells, in the order in which it happens, and which alerts are left of it. */
const stories: Record<string, { readonly told: (tenant: string) => Message[]; readonly alerts: readonly string[] }> = {
  'an order whose deadline is near waits for somebody': {
    told: (tenant) => [aShipping(tenant).atRisk()],
    alerts: ['ship-by-at-risk open'],
  },
  'an order that ships in time after all is settled': {
    told: (tenant) => {
      const order = aShipping(tenant);
      return [order.atRisk(), order.settled('shipped')];
    },
    alerts: ['ship-by-at-risk resolved by order'],
  },
  'an order that is late is no longer at risk': {
    told: (tenant) => {
      const order = aShipping(tenant);
      return [order.atRisk(), order.missed()];
    },
    alerts: ['ship-by-at-risk resolved by order', 'ship-by-missed open'],
  },
  'an order that is late until it is canceled is settled': {
    told: (tenant) => {
      const order = aShipping(tenant);
      return [order.missed(), order.settled('canceled')];
    },
    alerts: ['ship-by-missed resolved by order'],
  },
  'a deadline that is moved has an alert of its own': {
    told: (tenant) => {
      const order = aShipping(tenant);
      return [order.atRisk(), order.missed(), order.settled('moved'), order.atRisk(9), order.missed(9)];
    },
    alerts: [
      ...['ship-by-at-risk resolved by order', 'ship-by-at-risk resolved by order'],
      ...['ship-by-missed open', 'ship-by-missed resolved by order'],
    ],
  },
  'a parcel that Amazon refused, and that is voided, asks for nobody; another one still does': {
    told: (tenant) => {
      const [amazon, shipmentId] = [anAmazonOrder(tenant), randomUUID()];
      const refused = [amazon.shipment(shipmentId, 1).rejected(), amazon.shipment(shipmentId, 2).rejected(), amazon.shipment().rejected()];
      return [...refused, aShipping(tenant, amazon.orderId).voided(shipmentId, 3)];
    },
    alerts: ['shipment-rejected open', 'shipment-rejected resolved by gateway'],
  },
};

let harness: Harness<Service>;
let alerts: Map<string, Alert[]>;

beforeAll(async () => {
  harness = await serviceHarness({
    schema,
    build: (urls) => buildNotificationApp(parseConfig(NotificationConfig, { ...urls, ORDERBUS_KEYS: ringText, LOG_LEVEL: 'error' })),
  });
  const inOrder = Object.entries(stories).flatMap(([name, { told }]) => told(`${name}, in order`));
  const inDisorder = Object.entries(stories).flatMap(([name, { told }]) => told(`${name}, in disorder`));
  await harness.publishAll([...inOrder, ...shuffled([...inDisorder, ...inDisorder])]);
  await eventually(async () => {
    const [row] = await harness.app.database.query<{ seen: number }>('select count(distinct message_id)::int as seen from inbox');
    expect(row?.seen).toBe(inOrder.length + inDisorder.length);
  });
  const { body } = await harness.get('/alerts?limit=200');
  alerts = Map.groupBy(body.items as Alert[], ({ tenant }) => tenant);
});
afterAll(() => harness?.stop());

describe('what fulfillment tells', () => {
  test.each(Object.keys(stories))('%s', (name) => {
    const summary = (tenant: string) =>
      (alerts.get(tenant) ?? [])
        .map(({ kind, status, resolvedBy }) => `${kind} ${status}${resolvedBy === undefined ? '' : ` by ${resolvedBy}`}`)
        .sort();
    expect(summary(`${name}, in order`)).toEqual(stories[name]?.alerts);
    expect(summary(`${name}, in disorder`)).toEqual(stories[name]?.alerts);
  });

  test('breaks no message', async () => {
    expect((await harness.get('/dead-letters')).body.items).toEqual([]);
  });

  test('is found by its order, with its deadline and what keeps it', async () => {
    const order = aShipping('main');
    await harness.publishAll([order.atRisk()]);
    const [alert] = await eventually(async () => {
      const { body } = await harness.get(`/alerts?orderId=${order.orderId}&kind=ship-by-at-risk`);
      expect(body.items).toHaveLength(1);
      return body.items;
    });
    expect(alert).toMatchObject({
      severity: 'attention',
      title: 'Order 000000012 (114-1234567-1234567) has to ship by 2026-05-04 22:00 UTC, and it waits for stock',
      data: { shipBy: '2026-05-04T22:00:00.000Z', obstacles: ['stock'] },
    });
  });
});

interface Alert {
  readonly tenant: string;
  readonly kind: string;
  readonly status: string;
  readonly resolvedBy?: string;
}
