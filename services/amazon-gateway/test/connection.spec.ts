import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { sellers } from '@orderbus/amazon-sandbox';
import { type GatewayHarness, gatewayHarness } from './gateway-harness.ts';

const [seller] = sellers;
if (!seller) throw new Error('the sandbox has no sellers');
const { clientId, clientSecret, refreshToken } = seller;
const credentials = { clientId, clientSecret, refreshToken };
const trial = { region: 'na', marketplaces: ['ATVPDKIKX0DER', 'A2EUQ1WTGCTBG2'], credentials };

let gateway: GatewayHarness;
beforeAll(async () => {
  gateway = await gatewayHarness({ sandbox: { limits: 'documented' } });
});
afterAll(() => gateway.stop());

const tryOut = async (wish: object = {}) => (await gateway.service.send('POST', '/stores/test', { ...trial, ...wish })).body;

describe('a connection that is tried', () => {
  test('is right when Amazon logs us in, shows orders, and knows the marketplaces; nothing is kept of it', async () => {
    await gateway.create(1);
    const found = await tryOut();
    expect(found).toEqual({
      ok: true,
      checks: [
        { step: 'login', ok: true, finding: 'logged-in', words: 'Amazon accepts the credentials.' },
        { step: 'orders', ok: true, finding: 'readable', words: 'Orders can be read, with their addresses.' },
        { step: 'marketplaces', ok: true, finding: 'sells', words: 'The account sells in all marketplaces of the store.' },
      ],
    });
    expect((await gateway.service.get('/stores')).body.items).toHaveLength(1);
    expect((await gateway.service.send('POST', '/stores/na/test')).body.ok).toBe(true);
    const { items } = (await gateway.service.get('/stores/na/budget')).body;
    expect(items.find(({ operation }: { operation: string }) => operation === 'searchOrders').left).toBe(17);
  });

  test.each([
    [
      'a wrong secret',
      { credentials: { ...credentials, clientSecret: 'canary' } },
      'login',
      'wrong-credentials',
      /client id or the client secret is wrong/,
    ],
    [
      'a revoked authorization',
      { credentials: { ...credentials, refreshToken: 'canary' } },
      'login',
      'wrong-authorization',
      /refresh token is not valid.*revoked/,
    ],
    ['the wrong region', { region: 'eu', marketplaces: [] }, 'orders', 'other-region', /sells in .+: its region is na, not eu/],
    [
      'a marketplace of somebody else',
      { marketplaces: ['ATVPDKIKX0DER', 'A2Q3Y263D00KWC'] },
      'marketplaces',
      'sells-not',
      /not sell in Brazil \(A2Q3/,
    ],
  ])('with %s is told so, in words', async (_, wish, step, finding, words) => {
    const { ok, checks } = await tryOut(wish);
    expect(ok).toBe(false);
    expect(checks.at(-1)).toMatchObject({ step, ok: false, finding, words: expect.stringMatching(words) });
    expect(JSON.stringify(checks)).not.toContain('canary');
  });

  test('by an application without the role for addresses is told which one it lacks', async () => {
    const without = ({ buyer: _, recipient: __, ...order }: Record<string, unknown>) => order;
    gateway.proxy.onSearch = () => ({ rewrite: (body) => ({ ...body, orders: body.orders.map(without) }) });
    const { checks } = await tryOut();
    expect(checks.at(-1)).toMatchObject({
      step: 'orders',
      finding: 'addresses-hidden',
      ok: false,
      words: expect.stringContaining('Direct-to-Consumer Delivery'),
    });
    gateway.proxy.onSearch = () => undefined;
  });

  test('while Amazon cannot be reached is told to look at the network', async () => {
    const nowhere = 'http://127.0.0.1:1';
    const app = gateway.build({ AMAZON_ENDPOINT: nowhere, AMAZON_LWA_ENDPOINT: `${nowhere}/auth/o2/token` });
    await app.start();
    const { body } = await gateway.service.at(app.url).send('POST', '/stores/test', trial);
    expect(body).toEqual({
      ok: false,
      checks: [
        { step: 'login', ok: false, finding: 'unreachable', words: 'Login with Amazon cannot be reached from here: look at the network.' },
      ],
    });
  });
});
