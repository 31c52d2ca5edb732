import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { generateKey, parseConfig, type Service } from '@orderbus/service-kit';
import { accessMatrix, eventually, type Harness, serviceHarness } from '@orderbus/testkit';
import { buildNotificationApp, NotificationConfig, schema } from '../src/app.ts';
import { anOrder } from './builders.ts';

let harness: Harness<Service>;

beforeAll(async () => {
  // Nobody takes the mail, so that it waits.
  const mail = {
    SMTP_URL: 'smtp://127.0.0.1:1',
    ALERT_FROM: 'orderbus@shop.example',
    ALERT_TO: 'office@shop.example',
    ALERT_GATHER: '10ms',
  };
  const environment = { ...mail, ORDERBUS_KEYS: `test:${generateKey()}`, LOG_LEVEL: 'silent' };
  harness = await serviceHarness({
    schema,
    build: (urls) => buildNotificationApp(parseConfig(NotificationConfig, { ...urls, ...environment })),
  });
});
afterAll(() => harness?.stop());

describe('notification', () => {
  test('lets everybody do what he has been given, and nothing else', async () => {
    const { app, access, get } = harness;
    const order = anOrder();
    await harness.publishAll([order.blocked(1)]);
    const [alertId, deliveryId] = await eventually(async () => {
      const [alert] = (await get('/alerts')).body.items;
      const [delivery] = (await get('/deliveries')).body.items;
      return [alert.id, delivery.id] as const;
    });
    const wrong = await accessMatrix({
      // Those of webhooks are walked in webhooks.spec.
      app: { name: app.name, url: app.url, routes: app.routes.filter(({ path }) => !path.startsWith('/webhooks')) },
      ...{ access, store: 'store-1', hidden: [alertId, deliveryId] },
      params: { tenant: 'store-1', aggregateId: order.orderId, id: '1' },
      requests: {
        'GET /alerts/:id': { params: { id: alertId } },
        'POST /alerts/:id/resolve': { params: { id: alertId } },
        'GET /deliveries/:id': { params: { id: deliveryId } },
        'POST /deliveries/:id/resend': { params: { id: deliveryId } },
        'POST /previews': { body: { alertId } },
        'PUT /rules/:tenant': { body: { rules: null } },
        'POST /rules/:tenant/tests': { body: { ruleId: randomUUID() } },
      },
    });
    // It has published nothing about this order: there is nothing to hide.
    expect(wrong).toEqual(['GET /events/:aggregateId as somebody of another store: 200']);
  });
});
