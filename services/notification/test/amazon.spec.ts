import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parseConfig, type Service } from '@orderbus/service-kit';
import { eventually, type Harness, serviceHarness } from '@orderbus/testkit';
import { buildNotificationApp, NotificationConfig, schema } from '../src/app.ts';
import { type Message, ringText, shuffled } from './builders.ts';
import { aGateway, anAmazonOrder } from './gateway-events.ts';
import { aProduct, aService } from './operations-events.ts';

/** What the gateway tells, or any service of itself, in the order in which it happens, and which alerts are left of it. */
const stories: Record<string, { readonly told: (tenant: string) => Message[]; readonly alerts: readonly string[] }> = {
  'a shipment that Amazon refuses waits for somebody': {
    told: (tenant) => [anAmazonOrder(tenant).shipment().rejected()],
    alerts: ['shipment-rejected open'],
  },
  'a shipment that Amazon takes asks for nobody': {
    told: (tenant) => [anAmazonOrder(tenant).shipment().confirmed()],
    alerts: [],
  },
  'a refused shipment that is corrected and taken is settled': {
    told: (tenant) => {
      const [order, shipmentId] = [anAmazonOrder(tenant), randomUUID()];
      return [order.shipment(shipmentId, 1).rejected(), order.shipment(shipmentId, 2).confirmed()];
    },
    alerts: ['shipment-rejected resolved by gateway'],
  },
  'a refused shipment that a person sends again, and that is taken, is settled': {
    told: (tenant) => {
      const shipment = anAmazonOrder(tenant).shipment();
      return [shipment.rejected(), shipment.confirmed()];
    },
    alerts: ['shipment-rejected resolved by gateway'],
  },
  'a correction that is refused waits for somebody, although the shipment had been taken': {
    told: (tenant) => {
      const [order, shipmentId] = [anAmazonOrder(tenant), randomUUID()];
      return [order.shipment(shipmentId, 1).confirmed(), order.shipment(shipmentId, 2).rejected()];
    },
    alerts: ['shipment-rejected open'],
  },
  'one parcel that is taken says nothing of the other one, which is refused': {
    told: (tenant) => {
      const order = anAmazonOrder(tenant);
      return [order.shipment().rejected(), order.shipment().confirmed()];
    },
    alerts: ['shipment-rejected open'],
  },
  'a message to a buyer is nobody’s concern but when nobody can tell whether it was sent, until somebody has found out': {
    told: (tenant) => {
      const [lost, found, refused, sent] = [0, 1, 2, 3].map(() => anAmazonOrder(tenant).contact());
      return [lost?.uncertain(), found?.uncertain(), found?.sent(), refused?.refused(), sent?.sent()] as Message[];
    },
    alerts: ['write-uncertain open', 'write-uncertain resolved by gateway'],
  },
  'a pickup, a cancellation and a refund that Amazon refuses wait, each for itself': {
    told: (tenant) => {
      const order = anAmazonOrder(tenant);
      const [cancellation, refund] = [order.cancellation(), order.refund()];
      const refused = [order.pickup('ready').rejected(), cancellation.rejected(), refund.rejected()];
      return [...refused, order.cancellation().accepted(), order.refund().accepted()];
    },
    alerts: ['cancellation-rejected open', 'pickup-rejected open', 'refund-rejected open'],
  },
  'and are settled when Amazon takes them after all': {
    told: (tenant) => {
      const order = anAmazonOrder(tenant);
      const [pickup, cancellation, refund] = [order.pickup('ready'), order.cancellation(), order.refund()];
      const refused = [pickup.rejected(), cancellation.rejected(), refund.rejected()];
      return [...refused, pickup.confirmed(), cancellation.accepted(), refund.accepted()];
    },
    alerts: ['cancellation-rejected resolved by gateway', 'pickup-rejected resolved by gateway', 'refund-rejected resolved by gateway'],
  },
  'a refused refund that is asked for again, and that Amazon takes, is settled': {
    told: (tenant) => {
      const [order, refundId] = [anAmazonOrder(tenant), randomUUID()];
      return [order.refund(refundId, 1).rejected(), order.refund(refundId, 2).rejected(), order.refund(refundId, 3).accepted()];
    },
    alerts: ['refund-rejected resolved by gateway'],
  },
  'a refund that is refused a second time waits, as one alert': {
    told: (tenant) => {
      const [order, refundId] = [anAmazonOrder(tenant), randomUUID()];
      return [order.refund(refundId, 1).rejected(), order.refund(refundId, 2).rejected()];
    },
    alerts: ['refund-rejected open'],
  },
  'a refused invoice waits until it is handed in again and taken, and another one is none of its business': {
    told: (tenant) => {
      const [order, documentId] = [anAmazonOrder(tenant), randomUUID()];
      const refused = [order.invoice(documentId, 1).rejected(), order.invoice().rejected()];
      return [...refused, order.invoice(documentId, 2).accepted(), order.invoice().accepted()];
    },
    alerts: ['invoice-rejected open', 'invoice-rejected resolved by gateway'],
  },
  'a pickup that Amazon refuses is settled by a later stage that it takes': {
    told: (tenant) => {
      const order = anAmazonOrder(tenant);
      return [order.pickup('ready').rejected(), order.pickup('picked-up').confirmed()];
    },
    alerts: ['pickup-rejected resolved by gateway'],
  },
  'a doubt waits for somebody, whatever becomes of another refund': {
    told: (tenant) => {
      const order = anAmazonOrder(tenant);
      return [order.refund().uncertain(), order.refund().accepted()];
    },
    alerts: ['write-uncertain open'],
  },
  'a doubt ends when it turns out that Amazon has taken it': {
    told: (tenant) => {
      const order = anAmazonOrder(tenant);
      const [shipment, pickup, cancellation, refund] = [order.shipment(), order.pickup('ready'), order.cancellation(), order.refund()];
      const invoice = order.invoice();
      const uncertain = [shipment.uncertain(), pickup.uncertain(), cancellation.uncertain(), refund.uncertain(), invoice.uncertain()];
      return [...uncertain, shipment.confirmed(), pickup.confirmed(), cancellation.accepted(), refund.accepted(), invoice.accepted()];
    },
    alerts: Array(5).fill('write-uncertain resolved by gateway'),
  },
  'a doubt ends when it turns out that Amazon has refused it, which waits instead': {
    told: (tenant) => {
      const refund = anAmazonOrder(tenant).refund();
      return [refund.uncertain(), refund.rejected()];
    },
    alerts: ['refund-rejected open', 'write-uncertain resolved by gateway'],
  },
  'what a person gives up asks for nobody any more': {
    told: (tenant) => {
      const order = anAmazonOrder(tenant);
      const [doubtful, refused] = [order.shipment(), order.shipment()];
      return [doubtful.uncertain(), doubtful.givenUp(), refused.rejected(), refused.givenUp()];
    },
    alerts: ['shipment-rejected resolved by gateway', 'write-uncertain resolved by gateway'],
  },
  'a store that falls out of step twice is told twice, and the first time is over': {
    told: (tenant) => {
      const gateway = aGateway(tenant);
      return [gateway.stalled(), gateway.stalled(), gateway.recovered(), gateway.stalled(false)];
    },
    alerts: ['sync-recovered info', 'sync-stalled open', 'sync-stalled resolved by gateway'],
  },
  'read-only mode waits for a person, for a store and for all of them': {
    told: (tenant) => {
      const gateway = aGateway(tenant);
      return [gateway.switched(true), gateway.switchedAll(true), gateway.switched(false)];
    },
    alerts: ['read-only open', 'read-only resolved by gateway'],
  },
  'a gap that was found is told, and asks for nothing': {
    told: (tenant) => [aGateway(tenant).gap()],
    alerts: ['gap-found info'],
  },
  'a feed that is stuck waits until Amazon finishes it, and another one is none of its business': {
    told: (tenant) => {
      const gateway = aGateway(tenant);
      const [first, second] = [gateway.feed(), gateway.feed()];
      return [first.stuck(), second.stuck(), first.finished()];
    },
    alerts: ['feed-stuck open', 'feed-stuck resolved by gateway'],
  },
  'each warning of a secret is a new alert in the place of the one before, and a new secret settles the last one': {
    told: (tenant) => {
      const secret = aGateway(tenant).secret();
      return [secret.expiring(30), secret.expiring(7), secret.expiring(1), secret.renewed(), secret.expiring(30)];
    },
    alerts: ['secret-expiring open', ...Array(3).fill('secret-expiring resolved by gateway')],
  },
  'dead letters that become more are one alert, until none waits any more': {
    told: (tenant) => {
      const service = aService(tenant);
      return [service.opened(1), service.opened(900), service.opened(10_000), service.settled(), service.opened(1)];
    },
    alerts: ['dead-letter open', 'dead-letter resolved by service'],
  },
  'a circuit waits until it is closed, whatever becomes of the letters of its service': {
    told: (tenant) => {
      const [service, other] = [aService(tenant), aService(tenant, 'fulfillment')];
      return [service.circuitOpened(), other.circuitOpened(), service.opened(1), service.settled(), service.circuitClosed()];
    },
    alerts: ['circuit-open open', 'circuit-open resolved by service', 'dead-letter resolved by service'],
  },
  'a product that runs low waits until there is more of it, and is told again after that': {
    told: (tenant) => {
      const product = aProduct(tenant);
      return [product.low(), product.replenished(), product.low(0), aProduct(tenant, 'MUG-RED').replenished()];
    },
    alerts: ['stock-low open', 'stock-low resolved by service'],
  },
  'an order that can be read after all is settled': {
    told: (tenant) => {
      const order = aGateway(tenant).unreadableOrder();
      return [order.unreadable(), order.readable()];
    },
    alerts: ['order-unreadable resolved by gateway'],
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

describe('what the gateway tells, and every service of itself', () => {
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

  test('is found by its order, with the words of Amazon, and without an order where there is none', async () => {
    const order = anAmazonOrder('main');
    const rejected = order.shipment().rejected('Amazon says: carrier unknown.');
    await harness.publishAll([rejected, aGateway('main').stalled()]);
    const [alert] = await eventually(async () => {
      const { body } = await harness.get(`/alerts?orderId=${order.orderId}`);
      expect(body.items).toHaveLength(1);
      return body.items;
    });
    expect(alert).toMatchObject({
      kind: 'shipment-rejected',
      orderId: order.orderId,
      title: 'Amazon order 114-1234567-1234567: a shipment was rejected',
      text: expect.stringContaining('- Amazon says: carrier unknown. (amazon.invalid-input'),
      data: { commandId: rejected.event.aggregateId, revision: 1 },
    });
    const stalled = await eventually(async () => {
      const { body } = await harness.get('/alerts?kind=sync-stalled&limit=200');
      const found = (body.items as Alert[]).find(({ tenant }) => tenant === 'main');
      expect(found).toMatchObject({ severity: 'attention', data: { storeName: 'Harbor & Pine' } });
      return found;
    });
    expect(stalled).not.toHaveProperty('orderId');
    expect((await harness.send('POST', `/alerts/${stalled?.id}/resolve`)).body).toMatchObject({ status: 'resolved', resolvedBy: 'person' });
  });
});

interface Alert {
  readonly id: string;
  readonly tenant: string;
  readonly kind: string;
  readonly status: string;
  readonly resolvedBy?: string;
}
