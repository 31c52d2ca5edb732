import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { generateKey, keyRing, rotate } from '@orderbus/service-kit';
import { sealedColumns } from '../src/app.ts';
import { type GatewayHarness, gatewayHarness } from './gateway-harness.ts';

const [oldKey, newKey] = [`old:${generateKey()}`, `new:${generateKey()}`];

let gateway: GatewayHarness;
beforeAll(async () => {
  gateway = await gatewayHarness({
    env: { ORDERBUS_KEYS: oldKey },
    before: async ({ create, patch }) => {
      const [bad = ''] = await create(4);
      await patch(bad, { raw: { createdTime: 'nonsense' } });
    },
  });
});
afterAll(() => gateway.stop());

const sealAnewWith = (keys: string) =>
  rotate({ database: gateway.service.app.database, ring: keyRing(keys), columns: sealedColumns, everyMs: 50 });

/** Something that waits to be said to the buyer, and a file. */
const leaveWords = async (orderId: string): Promise<void> => {
  const { service } = gateway;
  await service.send('PUT', '/installation/read-only', { readOnly: true });
  const { amazonOrderId, language } = (await service.get(`/orders/${orderId}/contacts`)).body;
  const text = `About order ${amazonOrderId}: it is late.`;
  expect((await service.send('POST', `/orders/${orderId}/contacts`, { contact: 'unexpected-problem', language, text })).status).toBe(202);
  const file = { method: 'POST', body: 'a file', headers: { 'content-type': 'text/plain' } };
  expect((await service.fetch(`/orders/${orderId}/contact-attachments`, file)).status).toBe(201);
};

describe('a new key', () => {
  test('seals everything anew, also after an interruption; then the old one can go', async () => {
    const { database } = gateway.service.app;
    const [one] = await database.query<{ id: string; sealed: string }>('select id, sealed_buyer as sealed from amazon_order limit 1');
    // As a first run that was interrupted would have left it.
    const both = keyRing(`${newKey},${oldKey}`);
    const resealed = both.seal(both.open(one?.sealed ?? '', one?.id ?? ''), one?.id ?? '');
    await database.query('update amazon_order set sealed_buyer = $2 where id = $1', [one?.id, resealed]);

    await leaveWords(one?.id ?? '');
    const results = await sealAnewWith(`${newKey},${oldKey}`);
    expect(results.map(({ table, sealed, current, unopened }) => [table, sealed, current, unopened.size])).toEqual([
      ['store', 1, 0, 0],
      ['amazon_order', 2, 1, 0],
      ['contact_letter', 1, 0, 0],
      ['contact_attachment', 1, 0, 0],
      ['event_log', 3, 0, 0],
      ['unreadable_order', 1, 0, 0],
    ]);
    const ring = keyRing(newKey);
    const rows = await database.query<{ context: string; sealed: string }>(
      `select 'store:' || id as context, sealed_credentials as sealed from store
       union all select id::text, sealed_buyer from amazon_order union all select id::text, sealed_raw from unreadable_order
       union all select 'letter:' || id, sealed_letter from contact_letter
       union all select aggregate_id::text, data ->> 'sealedBuyer' from event_log where data ->> 'sealedBuyer' is not null`,
    );
    expect(rows).toHaveLength(9);
    for (const { sealed, context } of rows) expect(ring.open(sealed, context)).toEqual(expect.any(Object));
  });

  test('that is not there is missed: what it has sealed stays, and is told', async () => {
    const results = await sealAnewWith(`other:${generateKey()}`);
    const orders = results.find(({ table }) => table === 'amazon_order');
    expect(orders).toMatchObject({ sealed: 0, current: 0, unopened: new Map([['new', 3]]) });
  });
});
