import { describe, expect, test } from '@jest/globals';
import { type AmazonErrors, europe, startOfTest, startSandbox } from './harness.ts';

const since = { lastUpdatedAfter: new Date(startOfTest - 1000).toISOString() };
const credentials = { client_id: europe.clientId, client_secret: europe.clientSecret };

describe('Login with Amazon', () => {
  test('gives an access token for a refresh token', async () => {
    const { token } = await startSandbox();
    const { status, body } = await token({ ...credentials, grant_type: 'refresh_token', refresh_token: europe.refreshToken });
    expect(status).toBe(200);
    expect(body).toEqual({
      access_token: expect.stringMatching(/^Atza\|/),
      refresh_token: europe.refreshToken,
      token_type: 'bearer',
      expires_in: 3600,
    });
  });

  test('gives a grantless token, which opens no orders', async () => {
    const { token, call } = await startSandbox();
    const { body } = await token({ ...credentials, grant_type: 'client_credentials', scope: 'sellingpartnerapi::notifications' });
    expect(body).not.toHaveProperty('refresh_token');
    const headers = { 'x-amz-access-token': String(body.access_token) };
    const answer = await call(`GET`, `/orders/2026-01-01/orders?lastUpdatedAfter=${since.lastUpdatedAfter}`, undefined, headers);
    expect(answer.status).toBe(403);
  });

  test.each([
    ['invalid_client', 401, { ...credentials, grant_type: 'refresh_token', refresh_token: europe.refreshToken, client_secret: 'wrong' }],
    ['invalid_grant', 400, { ...credentials, grant_type: 'refresh_token', refresh_token: 'Atzr|of-somebody-else' }],
    ['invalid_request', 400, { ...credentials, grant_type: 'refresh_token' }],
    ['invalid_request', 400, { grant_type: 'refresh_token' }],
    ['invalid_scope', 400, { ...credentials, grant_type: 'client_credentials', scope: 'everything' }],
    ['unsupported_grant_type', 400, { ...credentials, grant_type: 'password' }],
  ])('refuses with %s (%i)', async (error, status, form) => {
    const { token } = await startSandbox();
    expect(await token(form as Record<string, string>)).toMatchObject({ status, body: { error, error_description: expect.any(String) } });
  });
});

describe('an access token', () => {
  test('expires after an hour, with 403 and the words that clients look for', async () => {
    const { call, accessToken, clock } = await startSandbox();
    const headers = { 'x-amz-access-token': await accessToken(europe) };
    const path = `/orders/2026-01-01/orders?lastUpdatedAfter=${since.lastUpdatedAfter}`;
    clock.forward(3_600_000 - 1);
    expect((await call('GET', path, undefined, headers)).status).toBe(200);
    clock.forward(1);
    const { status, body } = await call<AmazonErrors>('GET', path, undefined, headers);
    expect(status).toBe(403);
    expect(body.errors).toEqual([
      { code: 'Unauthorized', message: 'Access to requested resource is denied.', details: 'The access token you provided has expired.' },
    ]);
  });

  test('that is missing, made up or tampered with gets 403', async () => {
    const { call, accessToken } = await startSandbox();
    const good = await accessToken(europe);
    const tampered = good.replace(/\.(.)/, (_all, first: string) => `.${first === 'A' ? 'B' : 'A'}`);
    for (const token of ['Atza|made-up', 'Bearer x', tampered, undefined]) {
      const { status, body } = await call<AmazonErrors>('GET', '/orders/2026-01-01/orders/111-0000000-0000000', undefined, {
        ...(token && { 'x-amz-access-token': token }),
      });
      expect([status, body.errors[0]?.code]).toEqual([403, 'Unauthorized']);
    }
  });
});

describe('the documented limits', () => {
  test('let 20 searches through, then one every 179 seconds', async () => {
    const { search, clock } = await startSandbox({ limits: 'documented' });
    for (let call = 0; call < 20; call++) expect((await search(since)).status).toBe(200);
    const refused = await search<AmazonErrors>(since);
    expect(refused.status).toBe(429);
    expect(refused.body.errors[0]).toMatchObject({ code: 'QuotaExceeded', message: 'You exceeded your quota for the requested resource.' });
    expect(refused.headers.get('x-amzn-ratelimit-limit')).toBeNull();
    clock.forward(178_000);
    expect((await search(since)).status).toBe(429);
    clock.forward(1_000);
    expect((await search(since)).status).toBe(200);
    expect((await search(since)).status).toBe(429);
  });

  test('count per operation and per seller', async () => {
    const { search, getOrder, create } = await startSandbox({ limits: 'documented' });
    const [order] = await create({ sellerId: europe.sellerId });
    for (let call = 0; call < 20; call++) await search(since);
    const statuses = [];
    for (let call = 0; call < 31; call++) statuses.push((await getOrder(String(order?.orderId))).status);
    expect(statuses).toEqual([...Array(30).fill(200), 429]);
  });

  test('announce the rate on 200, 400 and 404, and never on 403', async () => {
    const { search, getOrder, call } = await startSandbox({ limits: 'documented' });
    const rate = (answer: { headers: Headers }) => answer.headers.get('x-amzn-ratelimit-limit');
    expect(rate(await search(since))).toBe('0.0056');
    expect(rate(await search({}))).toBe('0.0056');
    expect(rate(await getOrder('111-0000000-0000000'))).toBe('0.5');
    expect(rate(await search({ ...since, marketplaceIds: 'ATVPDKIKX0DER' }))).toBeNull();
    expect(rate(await call('GET', '/orders/2026-01-01/orders'))).toBeNull();
  });

  test('are off by request: the rate that is announced slows nobody down', async () => {
    const { search } = await startSandbox();
    for (let call = 0; call < 25; call++) expect((await search(since)).status).toBe(200);
    expect((await search(since)).headers.get('x-amzn-ratelimit-limit')).toBe('1000');
  });
});

test('every answer carries a request id', async () => {
  const { search, call, token } = await startSandbox();
  const answers = [
    await search(since),
    await search({}),
    await call('GET', '/nowhere'),
    await token({}),
    await call('GET', '/sandbox/stats'),
  ];
  const ids = answers.map(({ headers }) => headers.get('x-amzn-requestid'));
  expect(new Set(ids).size).toBe(5);
  expect(ids).not.toContain(null);
});
