import fs from 'node:fs';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { AmazonOrderImported, AmazonOrderUpdated } from '@orderbus/contracts';
import type { AppError } from '@orderbus/kernel';
import { createLog, generateKey, keyRing } from '@orderbus/service-kit';
import { eventually } from '@orderbus/testkit';
import { testClient } from './client-harness.ts';
import { type GatewayHarness, gatewayHarness } from './gateway-harness.ts';
import { expired, refusal, scriptedAmazon } from './scripted-amazon.ts';

const key = generateKey();
const canaries = ['Canary Buyerson', 'canary@example.test', '1 Canary Street', 'canary gift wishes', 'CANARYVAT1'];

const buyer = {
  buyer: { buyerName: canaries[0], buyerEmail: canaries[1] },
  recipient: { deliveryAddress: { name: canaries[0], addressLine1: canaries[2], city: 'Sampleton', countryCode: 'US' } },
  tax: { taxRegistrations: [{ entityType: 'BUYER', legalName: canaries[0], taxRegistrationNumber: canaries[4] }] },
};
const gift = { fulfillment: { packing: { giftOption: { giftMessage: canaries[3] } } } };

describe('buyer data', () => {
  let gateway: GatewayHarness;
  const lines: string[] = [];

  beforeAll(async () => {
    // The log writes to the descriptor itself.
    jest.spyOn(fs, 'writeSync').mockImplementation(((_fd: number, text: string | Uint8Array) => {
      lines.push(String(text));
      return text.length;
    }) as typeof fs.writeSync);
    gateway = await gatewayHarness({
      env: { ORDERBUS_KEYS: `test:${key}`, LOG_LEVEL: 'trace' },
      before: async ({ create, patch, proxy }) => {
        const [good = '', bad = ''] = await create(2);
        await patch(good, { raw: buyer });
        await patch(bad, { raw: { ...buyer, createdTime: canaries[0] } });
        // biome-ignore lint/suspicious/noExplicitAny: Amazon's answer, as it comes
        const withGift = (body: any) => ({
          ...body,
          orders: body.orders.map((o: { orderItems: { fulfillment?: object }[] }) => ({ ...o, orderItems: o.orderItems.map(giftTo) })),
        });
        proxy.onSearch = () => ({ rewrite: withGift });
      },
    });
  });
  afterAll(async () => {
    jest.restoreAllMocks();
    await gateway.stop();
  });

  test('is sealed for the order service before it leaves, bound to its order', async () => {
    await eventually(() => expect(gateway.service.published(AmazonOrderImported)).toHaveLength(1));
    const [event] = gateway.service.published(AmazonOrderImported);
    const { sealedBuyer = '', orderId = '' } = event?.data ?? {};
    expect(keyRing(`test:${key}`).open(sealedBuyer, orderId)).toMatchObject({
      name: canaries[0],
      email: canaries[1],
      recipient: { name: canaries[0], lines: expect.arrayContaining([canaries[2]]) },
      gifts: expect.arrayContaining([expect.objectContaining({ message: canaries[3] })]),
      taxRegistrations: [{ party: 'buyer', number: canaries[4] }],
    });
    expect(() => keyRing(`test:${key}`).open(sealedBuyer, 'another order')).toThrow('sealing.broken');
  });

  test('stands in clear in no table, no event, no answer and no log line', async () => {
    await eventually(async () => expect((await gateway.service.get('/unreadable-orders')).body.items).toHaveLength(1));
    await gateway.sync();
    const rewrite = gateway.proxy.onSearch;
    gateway.proxy.onSearch = () => ({ status: 503, body: { errors: [{ code: 'Ill', message: `${canaries[1]}, Atza|canary` }] } });
    await gateway.failingSync();
    gateway.proxy.onSearch = rewrite;
    await eventually(async () => expect((await gateway.service.get('/errors')).body.items).not.toHaveLength(0));
    const tables = await gateway.service.app.database.query<{ name: string }>(
      `select table_name as name from information_schema.tables where table_schema = 'gateway'`,
    );
    expect(tables.length).toBeGreaterThan(6);
    const rows = await Promise.all(
      tables.map(({ name }) => gateway.service.app.database.query<{ text: string }>(`select t::text as text from "${name}" t`)),
    );
    const answers = await Promise.all(
      ['/amazon-orders', '/unreadable-orders', '/stores', '/stores/na/budget', '/errors', '/metrics'].map((path) =>
        gateway.service.get(path),
      ),
    );
    const events = [AmazonOrderImported, AmazonOrderUpdated].flatMap((definition) => gateway.service.published(definition));
    const everything = JSON.stringify([rows, answers, events, lines]);
    expect(lines.join('')).toContain('Amazon answered');
    for (const canary of canaries) expect(everything).not.toContain(canary);
    for (const secret of ['not-a-secret', 'Atza|']) expect(everything).not.toContain(secret);
  });
});

test('no token, no secret and no body gets into a log line, an error or the record of failed calls', async () => {
  const lines: string[] = [];
  const log = createLog({ service: 'gateway', level: 'trace', destination: { write: (line) => lines.push(line) } });
  const amazon = await scriptedAmazon();
  const { api, failures } = testClient({
    url: amazon.url,
    log,
    credentials: () => ({ clientId: 'app', clientSecret: 'canary-secret', refreshToken: 'Atzr|canary-refresh' }),
  });
  amazon.onLogin = (n) => ({ status: 200, body: { access_token: `Atza|canary-access-${n}`, expires_in: 3_600 } });
  const said = refusal('InvalidInput', 'Not canary@buyers.example', 'Atza|canary-access-1');
  const answers = [
    { status: 204 },
    { status: 400, body: said },
    { status: 500, body: said },
    { status: 403, body: expired },
    { status: 200, body: 'canary <' },
  ];
  const body = { carrierName: 'canary body' };
  for (const answer of answers) {
    amazon.script = () => answer;
    const url = `${amazon.url}/document?signature=canary-signature`;
    const calls = [
      () => api.confirmShipment('111-1', body, never),
      () => api.updateShipmentStatus('111-1', body, never),
      () => api.createFeed({ feedType: 'T', marketplaceIds: [], inputFeedDocumentId: 'canary body' }, never),
      () => api.uploadFeedDocument(url, 'text/xml', '<canary/>', never),
      () => api.downloadFeedDocument({ url }, never),
    ];
    for (const call of calls) await call().catch((err: unknown) => log.warn({ err }, 'a call failed'));
  }
  amazon.script = (_call, _n, { request }) => void request.socket.destroy();
  await api.confirmShipment('111-1', body, never).catch((err: unknown) => log.warn({ err }, 'a call failed'));
  expect(lines.join('')).toContain('Amazon answered');
  expect(failures.length).toBeGreaterThan(15);
  const errors = failures.map(({ error }) => [(error as AppError).message, (error as AppError).details, (error as AppError).stack]);
  expect(JSON.stringify([lines, failures, errors])).not.toContain('canary');
  await api.stop();
  await amazon.stop();
});

const giftTo = (item: { fulfillment?: object }) => ({ ...item, fulfillment: { ...item.fulfillment, ...gift.fulfillment } });
const never = new AbortController().signal;
