import { expect, test } from '@jest/globals';
import { accessMatrix } from '@orderbus/testkit';
import { accessWorld } from './world.ts';

/** What somebody needs before he can say who he is. */
const open = [
  ...['GET /', 'GET /sign-in', 'GET /code', 'GET /enrolment', 'GET /password', 'GET /welcome', 'GET /account'],
  ...['GET /assets/access.css', 'GET /assets/access.js', 'GET /assets/icon.svg'],
  ...['POST /sign-in', 'POST /code', 'POST /enrolment', 'POST /password', 'POST /welcome', 'POST /welcome/look', 'POST /sign-out'],
  ...['POST /account/sessions/end', 'POST /oidc', 'GET /oidc/callback'],
  ...['GET /.well-known/jwks.json', 'POST /tokens/key', 'POST /tokens/service', 'POST /tokens/session'],
];

test('every route is closed to whoever has not been given what it needs', async () => {
  const world = await accessWorld({ OIDC_ISSUER: 'http://127.0.0.1:1', OIDC_CLIENT_ID: 'orderbus' });
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
  } finally {
    await world.stop();
  }
});
