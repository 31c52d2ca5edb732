import { afterEach, describe, expect, test } from '@jest/globals';
import { AmazonOrderImported } from '@orderbus/contracts';
import { eventually } from '@orderbus/testkit';
import { type GatewayHarness, gatewayHarness, type HarnessWish } from './gateway-harness.ts';

let gateway: GatewayHarness | undefined;
afterEach(async () => {
  await gateway?.stop();
  gateway = undefined;
});

const started = async (wish: HarnessWish): Promise<GatewayHarness> => {
  gateway = await gatewayHarness(wish);
  return gateway;
};

describe('access to Amazon', () => {
  test('is renewed when Amazon says that the token has expired, and the pass goes on', async () => {
    let ahead = 0;
    const harness = await started({ sandbox: { clock: { now: () => new Date(Date.now() + ahead) } } });
    expect(harness.proxy.tokenRequests()).toBe(1);
    await harness.create(2);
    ahead = 2 * 3_600_000;
    await harness.sync();
    expect(harness.proxy.tokenRequests()).toBe(2);
    expect(await harness.store()).toMatchObject({ status: 'ok' });
    await eventually(() => expect(harness.service.published(AmazonOrderImported)).toHaveLength(2));
  });

  test('that Amazon denies is left to a person, and tried again when asked', async () => {
    const denied = { errors: [{ code: 'Unauthorized', message: 'Access to requested resource is denied.', details: '' }] };
    const harness = await started({
      before: async ({ proxy }) => {
        proxy.onSearch = () => ({ status: 403, headers: { 'x-amzn-requestid': 'request-1' }, body: denied });
      },
    });
    const state = await harness.store();
    expect(state).toMatchObject({
      status: 'refused',
      lastError: expect.stringContaining('Amazon says: Access to requested resource is denied.'),
    });
    expect(Date.parse(state.pausedUntil ?? '')).toBeGreaterThan(Date.now() + 3_000_000);
    expect(harness.proxy.tokenRequests()).toBe(1);
    harness.proxy.onSearch = () => undefined;
    await harness.sync();
    expect((await harness.store()).lastError).toBeUndefined();
  });

  test('with wrong credentials is refused in words that hold none of them', async () => {
    const harness = await started({ env: { AMAZON_CLIENT_SECRET: 'wrong-secret-canary' } });
    const state = await harness.store();
    expect(state).toMatchObject({ status: 'refused', lastError: expect.stringContaining('Login with Amazon refuses the credentials') });
    expect(JSON.stringify(state)).not.toContain('canary');
    expect((await harness.service.get('/metrics')).body).toMatch(/lwa_refresh_total\{result="refused".*} 1/);
  });

  test('that is throttled pauses the store, as long as Amazon says or as its quota is documented, and no longer', async () => {
    const throttled = { errors: [{ code: 'QuotaExceeded', message: 'You exceeded your quota for the requested resource.' }] };
    const harness = await started({ sandbox: { limits: 'documented' } });
    harness.proxy.onSearch = () => ({ status: 429, body: throttled });
    const documented = await harness.failingSync();
    expect(documented).toMatchObject({ status: 'paused', circuit: 'closed', lastError: expect.stringContaining('throttles') });
    expect(Date.parse(documented.pausedUntil ?? '') - Date.now()).toBeGreaterThan(170_000);
    const asked = harness.proxy.searches.length;
    expect((await harness.service.send('POST', '/stores/na/sync')).body).toEqual({ state: 'paused', pausedUntil: documented.pausedUntil });
    await harness.service.another();
    expect(harness.proxy.searches).toHaveLength(asked);

    await harness.service.app.database.query('update sync_cursor set paused_until = null');
    await harness.service.app.database.query('update rate_budget set paused_until = null, tokens = 5');
    harness.proxy.onSearch = () => ({ status: 429, headers: { 'retry-after': '1' }, body: throttled });
    const told = await harness.failingSync();
    expect(Date.parse(told.pausedUntil ?? '') - Date.now()).toBeLessThan(1_200);
    harness.proxy.onSearch = () => undefined;
    await eventually(async () => expect((await harness.store()).status).toBe('failing'));
    await harness.sync();
    expect(await harness.store()).toMatchObject({ status: 'ok', consecutiveFailures: 0 });
  });
});
