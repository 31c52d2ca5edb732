import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { generateKey, keyRing } from '@orderbus/service-kit';
import { type GatewayHarness, gatewayHarness } from './gateway-harness.ts';

const [oldKey, newKey] = [`old:${generateKey()}`, `new:${generateKey()}`];
const program = fileURLToPath(new URL('../src/rotate-keys/main.ts', import.meta.url));

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

const rotate = async (keys: string): Promise<{ code: number; stdout: string; stderr: string }> => {
  const env = { ...process.env, DATABASE_URL: gateway.service.urls.DATABASE_URL, ORDERBUS_KEYS: keys };
  try {
    return { code: 0, ...(await promisify(execFile)(process.execPath, [program], { env })) };
  } catch (error) {
    return error as { code: number; stdout: string; stderr: string };
  }
};

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
    expect(await rotate(`${newKey},${oldKey}`)).toMatchObject({
      code: 0,
      stdout: [
        'store: 1 sealed anew, 0 were already',
        'amazon_order: 2 sealed anew, 1 were already',
        'contact_letter: 1 sealed anew, 0 were already',
        'contact_attachment: 1 sealed anew, 0 were already',
        'unreadable_order: 1 sealed anew, 0 were already\n',
      ].join('\n'),
    });
    const ring = keyRing(newKey);
    const rows = await database.query<{ context: string; sealed: string }>(
      `select 'store:' || id as context, sealed_credentials as sealed from store
       union all select id::text, sealed_buyer from amazon_order union all select id::text, sealed_raw from unreadable_order
       union all select 'letter:' || id, sealed_letter from contact_letter`,
    );
    expect(rows).toHaveLength(6);
    for (const { sealed, context } of rows) expect(ring.open(sealed, context)).toEqual(expect.any(Object));
  });

  test('that is not there is missed: what it has sealed stays, and is told', async () => {
    const { code, stderr } = await rotate(`other:${generateKey()}`);
    expect(code).toBe(1);
    expect(stderr).toContain('amazon_order: 3 cannot be opened, their key is not among ORDERBUS_KEYS');
  });
});
