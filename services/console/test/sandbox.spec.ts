import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { consoleWorld, type World } from './world.ts';

const published = {
  ...{ sellerId: 'ADEMOSELLEREU1', name: 'Harbor & Pine', region: 'EU', marketplaceIds: ['A1PA6795UKMFR9'] },
  ...{ clientId: 'amzn1.application-oa2-client.demo-eu', clientSecret: 'not-a-secret', refreshToken: 'not-a-secret' },
};

let sandbox: Server;
let world: World;
let withoutSandbox: World;

beforeAll(async () => {
  sandbox = createServer((request, response) => {
    response.writeHead(request.url === '/sandbox/sellers' ? 200 : 404).end(JSON.stringify({ sellers: [published] }));
  });
  await new Promise<void>((resolve) => sandbox.listen(0, '127.0.0.1', resolve));
  const here = `http://127.0.0.1:${(sandbox.address() as AddressInfo).port}`;
  world = await consoleWorld({ SANDBOX_URL: 'http://sandbox.shop.example', SANDBOX_INTERNAL_URL: here });
  withoutSandbox = await consoleWorld();
});
afterAll(async () => {
  await Promise.all([world?.stop(), withoutSandbox?.stop()]);
  if (sandbox.listening) await new Promise((resolve) => sandbox.close(resolve));
});

const sellersSeenBy = (at: World, permissions: readonly ('read' | 'administer')[]) =>
  at.browser({ permissions: [...permissions] }).fetch('/api/sandbox/sellers');

describe("the sandbox's sellers", () => {
  test('are told to whoever may connect a store, with all that it takes', async () => {
    const answer = await sellersSeenBy(world, ['read', 'administer']);
    expect(await answer.json()).toEqual({ sellers: [{ ...published, region: 'eu' }] });
  });

  test('are nothing for others', async () => {
    expect((await sellersSeenBy(world, ['read'])).status).toBe(403);
  });

  test('are none where Amazon is the real one', async () => {
    expect(await (await sellersSeenBy(withoutSandbox, ['administer'])).json()).toEqual({ sellers: [] });
  });

  test('are unknown while the sandbox is away, and that is said', async () => {
    await new Promise((resolve) => {
      sandbox.close(resolve);
      sandbox.closeAllConnections();
    });
    const answer = await sellersSeenBy(world, ['administer']);
    expect([answer.status, await answer.json()]).toEqual([503, expect.objectContaining({ code: 'sandbox.unavailable' })]);
  });
});
