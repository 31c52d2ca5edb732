import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { brokerKinds, eventually, type TestVhost, testVhost } from '@orderbus/testkit';
import { type CollectedSpan, type Collector, collector } from '@orderbus/testkit/collector';
import { buyer, found, orderOf } from './canaries.ts';
import { told } from './http.ts';
import { openShop, type Shop } from './shop.ts';

const america = 'ATVPDKIKX0DER';
const sku = 'SKU-TOWEL-3';

/** What of an order can be seen by then, on RabbitMQ where there is one. */
describe('the traces of an order', () => {
  let shop: Shop;
  let vhost: TestVhost | undefined;
  let traces: Collector;
  let order: { readonly id: string; readonly amazonOrderId: string; readonly lines: readonly { readonly lineId: string }[] };

  const sold = async (): Promise<string> => {
    const [amazonOrderId = ''] = await shop.sell({
      ...{ marketplaceId: america, fulfilledBy: 'MERCHANT', fulfillmentStatus: 'PENDING', programs: [], lines: [{ sku, quantity: 1 }] },
    });
    const { order: known } = await told('GET', `${shop.sandboxUrl}/sandbox/orders/${amazonOrderId}`);
    await shop.happens(amazonOrderId, { raw: orderOf(known.orderItems) });
    await shop.happens(amazonOrderId, { fulfillmentStatus: 'UNSHIPPED' });
    return amazonOrderId;
  };
  const processed = (amazonOrderId: string) =>
    eventually(async () => {
      const here = await shop.order(amazonOrderId);
      expect(here).toMatchObject({ status: 'processing', stock: 'reserved', billed: [{ canceled: false }] });
      expect((await shop.get('notification', `/alerts?orderId=${here.id}`)).items).toContainEqual(
        expect.objectContaining({ kind: 'order-new' }),
      );
      return here;
    });

  beforeAll(async () => {
    traces = await collector();
    vhost = brokerKinds().includes('rabbit') ? await testVhost() : undefined;
    shop = await openShop({
      ...{ brokerUrl: vhost?.url, brokerManagementUrl: vhost?.managementUrl, sandbox: { limits: 'off', visibilityLagMs: 0 } },
      environment: { OTEL_EXPORTER_OTLP_ENDPOINT: traces.url, OTEL_BSP_SCHEDULE_DELAY: '100', OTEL_EXPORTER_OTLP_TIMEOUT: '500' },
    });
    order = await processed(await sold());
    const packages = [{ carrier: 'ups', trackingNumber: 'JD-1', lines: [{ lineId: order.lines[0]?.lineId, quantity: 1 }] }];
    const shipped = await shop.send('fulfillment', 'POST', '/shipments', { orderId: order.id, packages });
    expect(shipped).toMatchObject({ status: 201 });
    await eventually(async () =>
      expect((await shop.get('fulfillment', `/shipments?orderId=${order.id}`)).items).toMatchObject([{ amazon: { state: 'accepted' } }]),
    );
  });
  afterAll(async () => {
    await shop?.stop();
    await vhost?.drop();
    await traces.stop();
  });

  test('lead from the poll that found it to its last effect, in one chain through all services', async () => {
    const chain = await eventually(() => {
      const [first] = spansNamed(traces, 'order.observe');
      const begin = traces.spans.find((span) => span.name === 'import order' && span.traceId === first?.traceId);
      const page = traces.spans.find(({ spanId }) => spanId === begin?.links[0]?.spanId);
      const pass = traces.spans.find(({ spanId }) => spanId === page?.parentSpanId);
      expect(pass).toMatchObject({ name: 'poll store', service: 'amazon-gateway', parentSpanId: undefined });
      const all = following(traces.spans, pass as CollectedSpan);
      expect(namesOf(all)).toEqual(
        expect.arrayContaining([
          ...['amazon-gateway: poll store', 'amazon-gateway: read page', 'amazon-gateway: searchOrders', 'amazon-gateway: import order'],
          ...['amazon-gateway: send amazon-gateway', 'order: process order', 'order: order.observe', 'fulfillment: fulfillment.reserve'],
          ...['billing: billing.invoice', 'order: order.start', 'notification: notification.tell-new', 'console: console.show'],
        ]),
      );
      return all;
    });
    // Whatever one order has caused is one trace.
    const handled = chain.filter(({ attributes }) => attributes['messaging.message.id'] !== undefined);
    expect(new Set(handled.map(({ traceId }) => traceId)).size).toBe(1);
    expect(handled.every(({ kind }) => kind === 'consumer')).toBe(true);
  });

  test('lead from a request to the write to Amazon, and to all that follows from its answer', async () => {
    await eventually(() => {
      const request = traces.spans.find(({ name }) => name === 'POST /shipments') as CollectedSpan;
      expect(request).toMatchObject({ service: 'fulfillment', kind: 'server', attributes: { 'http.response.status_code': 201 } });
      const all = following(traces.spans, request);
      expect(namesOf(all)).toEqual(
        expect.arrayContaining([
          ...['amazon-gateway: amazon-gateway.confirm-shipment', 'amazon-gateway: write shipment', 'amazon-gateway: confirmShipment'],
          ...['order: order.note-parcel', 'billing: billing.invoice-parcel', 'console: console.show'],
        ]),
      );
      const confirmed = all.find(({ name }) => name === 'write shipment') as CollectedSpan;
      expect(namesOf(following(traces.spans, confirmed))).toContain('console: console.show');
    });
  });

  test('name routes and operations, and hold nothing of the buyer, no query and no id of an order in a name', () => {
    expect(traces.spans.length).toBeGreaterThan(50);
    expect(found(traces.bodies.join('\n'), Object.values(buyer))).toEqual([]);
    expect(traces.bodies.join('\n')).not.toContain('Atza|');
    for (const { name, attributes } of traces.spans) {
      expect(`${name} ${Object.values(attributes).join(' ')}`).not.toContain('?');
      expect(name).not.toMatch(/[0-9a-f]{8}-|\d{3}-\d{7}/);
    }
  });

  test('are missed by nobody when their collector is gone', async () => {
    await traces.stop();
    await processed(await sold());
  });
});

const spansNamed = ({ spans }: Collector, wanted: string): CollectedSpan[] => spans.filter(({ name }) => name === wanted);

const namesOf = (spans: readonly CollectedSpan[]): string[] => [...new Set(spans.map(({ service, name }) => `${service}: ${name}`))].sort();

/** Everything that follows from a span: what is a part of it or links to it, and what follows from that. */
const following = (spans: readonly CollectedSpan[], first: CollectedSpan): CollectedSpan[] => {
  const reached = new Map([[first.spanId, first]]);
  for (let size = 0; size < reached.size; ) {
    size = reached.size;
    for (const span of spans) {
      const causes = [span.parentSpanId ?? '', ...span.links.map(({ spanId }) => spanId)];
      if (causes.some((id) => reached.has(id))) reached.set(span.spanId, span);
    }
  }
  return [...reached.values()];
};
