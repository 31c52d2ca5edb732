import { expect, test } from '@jest/globals';
import { accessMatrix } from '@orderbus/testkit';
import { accessWorld, signIn } from './world.ts';

/** What somebody needs before he can say who he is. */
const open = [
  ...['GET /', 'GET /sign-in', 'GET /code', 'GET /enrolment', 'GET /password', 'GET /welcome', 'GET /account'],
  ...['GET /assets/access.css', 'GET /assets/access.js', 'GET /assets/icon.svg'],
  ...['POST /sign-in', 'POST /code', 'POST /enrolment', 'POST /password', 'POST /welcome', 'POST /welcome/look', 'POST /sign-out'],
  ...['POST /account/sessions/end', 'POST /oidc', 'GET /oidc/callback'],
  // These look at the browser's session by themselves, and at what its owner may: shown in tokens.spec.ts.
  ...['GET /keys', 'POST /keys', 'POST /keys/revoke'],
  ...['GET /.well-known/jwks.json', 'POST /tokens/key', 'POST /tokens/service', 'POST /tokens/session', 'POST /tokens/session/end'],
];

test('every route is closed to whoever has not been given what it needs, and signing in is limited by address', async () => {
  const world = await accessWorld({ OIDC_ISSUER: 'http://127.0.0.1:1', OIDC_CLIENT_ID: 'orderbus', SIGN_IN_PER_MINUTE: '3' });
  try {
    // The tests' tokens are believed here, too: their key is shown, and signs nothing.
    const { keys } = (await (await fetch(`${world.access.url}/.well-known/jwks.json`)).json()) as { keys: { kid: string }[] };
    await world.app.database.query(
      `insert into signing_key (id, public_key, sealed, created_at, signs_from) values ($1, $2, '', now(), now() + interval '1 year')`,
      [keys[0]?.kid, keys[0]],
    );
    const id = '01a22844-3666-72a8-933b-9ee3de66e946';
    // It publishes nothing; if it did, this would be of a store.
    await world.app.database.query(
      `insert into event_log (id, type, version, aggregate_id, aggregate_version, tenant, occurred_at, correlation_id, data)
       values ($1, 'x', 1, $1, 1, 'store-1', now(), 'x', '{}')`,
      [id],
    );
    expect((await world.as({ permissions: ['manage-access'] }).get('/people')).status).toBe(200);
    expect(
      await accessMatrix({
        ...{ app: world.app, access: world.access, open, store: 'store-1' },
        params: { personId: id, keyId: 'none', id: '1', aggregateId: id },
      }),
    ).toEqual([]);
    // Signing in is limited more than anything else, by address.
    const from = (address: string) => world.browser({ 'x-forwarded-for': address });
    const statuses: number[] = [];
    for (let n = 0; n < 4; n++) statuses.push((await signIn(from('192.0.2.1'), 'x@example.com', 'x')).status);
    expect(statuses).toEqual([401, 401, 401, 429]);
    const limited = await signIn(from('192.0.2.1'), 'x@example.com', 'x');
    expect([limited.body.code, Number(limited.headers.get('retry-after')) > 0]).toEqual(['access.too-many-requests', true]);
    expect((await signIn(from('192.0.2.2'), 'x@example.com', 'x')).status).toBe(401);
  } finally {
    await world.stop();
  }
});
