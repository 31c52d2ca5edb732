import { describe, expect, test } from '@jest/globals';
import { type AmazonErrors, europe, northAmerica, startOfTest, startSandbox } from './harness.ts';

type Running = Awaited<ReturnType<typeof startSandbox>>;

const credentials = { client_id: europe.clientId, client_secret: europe.clientSecret };
const path = `/orders/2026-01-01/orders?lastUpdatedAfter=${new Date(startOfTest - 1000).toISOString()}`;

const codeFor = async ({ call }: Running, sellerId = europe.sellerId): Promise<string> =>
  (await call<{ code: string }>('POST', '/sandbox/authorizations', { sellerId })).body.code;

const exchange = ({ token }: Running, code: string) => token({ ...credentials, grant_type: 'authorization_code', code });

const refresh = ({ token }: Running, refreshToken: unknown) =>
  token({ ...credentials, grant_type: 'refresh_token', refresh_token: String(refreshToken) });

const open = ({ call }: Running, accessToken: unknown) =>
  call<AmazonErrors>('GET', path, undefined, { 'x-amz-access-token': String(accessToken) });

const setRevoked = ({ call }: Running, revoked: boolean) => call('PUT', `/sandbox/authorizations/${europe.sellerId}`, { revoked });

describe("a seller's consent", () => {
  test('is a code that the application exchanges for a refresh token, once', async () => {
    const running = await startSandbox();
    const code = await codeFor(running);
    const { status, body } = await exchange(running, code);
    expect([status, body.refresh_token, body.expires_in]).toEqual([200, europe.refreshToken, 3600]);
    expect((await open(running, body.access_token)).status).toBe(200);
    expect(await exchange(running, code)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
  });

  test('ends after five minutes', async () => {
    const running = await startSandbox();
    const [inTime, late] = [await codeFor(running), await codeFor(running)];
    running.clock.forward(5 * 60_000 - 1);
    expect((await exchange(running, inTime)).status).toBe(200);
    running.clock.forward(1);
    expect((await exchange(running, late)).status).toBe(400);
  });

  test('is worth nothing to another application', async () => {
    const running = await startSandbox();
    const code = await codeFor(running, northAmerica.sellerId);
    expect(await exchange(running, code)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
  });
});

describe('a revoked authorisation', () => {
  test('ends the access token with 403 and the refresh token with invalid_grant, of this seller alone', async () => {
    const running = await startSandbox();
    const accessToken = await running.accessToken(europe);
    await setRevoked(running, true);
    const { status, body } = await open(running, accessToken);
    expect([status, body.errors]).toEqual([
      403,
      [
        {
          code: 'Unauthorized',
          message: 'Access to requested resource is denied.',
          details: 'The access token you provided is revoked, malformed or invalid.',
        },
      ],
    ]);
    expect(await refresh(running, europe.refreshToken)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
    expect((await open(running, await running.accessToken(northAmerica))).status).toBe(200);
  });

  test('can be taken back', async () => {
    const running = await startSandbox();
    const accessToken = await running.accessToken(europe);
    await setRevoked(running, true);
    await setRevoked(running, false);
    expect((await open(running, accessToken)).status).toBe(200);
    expect((await refresh(running, europe.refreshToken)).status).toBe(200);
  });

  test('is followed by a new one with a new refresh token; the old tokens stay closed', async () => {
    const running = await startSandbox();
    const before = await running.accessToken(europe);
    await setRevoked(running, true);
    const { body } = await exchange(running, await codeFor(running));
    expect(body.refresh_token).not.toBe(europe.refreshToken);
    expect((await open(running, body.access_token)).status).toBe(200);
    expect((await refresh(running, body.refresh_token)).status).toBe(200);
    expect((await open(running, before)).status).toBe(403);
    expect((await refresh(running, europe.refreshToken)).status).toBe(400);
  });

  test('is one of a seller that exists', async () => {
    const { call } = await startSandbox();
    expect((await call('PUT', '/sandbox/authorizations/NOBODY', { revoked: true })).status).toBe(404);
    expect((await call('POST', '/sandbox/authorizations', { sellerId: 'NOBODY' })).status).toBe(404);
  });
});

test('access tokens live as long as configured', async () => {
  const running = await startSandbox({ tokenLifetimeSeconds: 60 });
  const { body } = await refresh(running, europe.refreshToken);
  expect(body.expires_in).toBe(60);
  running.clock.forward(59_999);
  expect((await open(running, body.access_token)).status).toBe(200);
  running.clock.forward(1);
  expect((await open(running, body.access_token)).body.errors[0]?.details).toBe('The access token you provided has expired.');
});
