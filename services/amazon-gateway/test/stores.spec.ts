import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { sellers } from '@orderbus/amazon-sandbox';
import { AmazonOrderImported, ShipmentDispatched } from '@orderbus/contracts';
import { eventually } from '@orderbus/testkit';
import { type GatewayHarness, gatewayHarness } from './gateway-harness.ts';

const europe = sellers.find(({ region }) => region === 'EU');
if (!europe) throw new Error('the sandbox sells nothing in Europe');
const { clientId, clientSecret, refreshToken } = europe;
const credentials = { clientId, clientSecret, refreshToken };
const germany = 'A1PA6795UKMFR9';

let gateway: GatewayHarness;
beforeAll(async () => {
  gateway = await gatewayHarness();
});
afterAll(() => gateway.stop());

const get = (path: string) => gateway.service.get(path);
const send: GatewayHarness['service']['send'] = (...request) => gateway.service.send(...request);
const query = <Row>(sql: string) => gateway.service.app.database.query<Row>(sql);

const missing = (): never => {
  throw new Error('not there yet');
};

/** A store in Europe that has been read once. */
const connect = async (id: string, wish: object = {}) => {
  const body = { id, region: 'eu', credentials, startFrom: '2020-01-01T00:00:00+01:00', ...wish };
  const answer = await send('POST', '/stores', body);
  expect(answer).toMatchObject({ status: 201 });
  await eventually(async () => expect((await get(`/stores/${id}`)).body.status).toBe('ok'));
  return answer.body;
};

describe('a store', () => {
  test('that is connected over HTTP is read at once, and shows no more of its credentials than their age', async () => {
    await gateway.create(3, { sellerId: europe.sellerId, marketplaceId: germany });
    const shown = await connect('europe', { name: 'Europe', marketplaces: [germany], sellerId: 'A3SELLERID00001' });
    expect(shown).toMatchObject({
      name: 'Europe',
      sellerId: 'A3SELLERID00001',
      managedBy: 'api',
      startFrom: '2019-12-31T23:00:00.000Z',
      cron: '0 0 1 1 *',
      nonAmazonOrders: 'leave-out',
      readOnly: false,
      credentials: { clientIdEnd: 'o-eu', secretIsDue: false, authorizedForDays: 0 },
    });
    await eventually(() => expect(gateway.service.published(AmazonOrderImported)).toHaveLength(3));
    expect(gateway.service.published(AmazonOrderImported)[0]).toMatchObject({ tenant: 'europe', data: { country: 'DE' } });
    const rows = await query('select store::text from store');
    const everything = JSON.stringify([rows, shown, (await get('/stores')).body]);
    for (const secret of [clientId, clientSecret, refreshToken]) expect(everything).not.toContain(secret);
  });

  test.each([
    [
      'a marketplace of another region',
      { marketplaces: [germany, 'ATVPDKIKX0DER'] },
      'marketplaces.1',
      /ATVPDKIKX0DER belongs to the region na/,
    ],
    [
      'a marketplace that stands for other channels',
      { marketplaces: ['A38D8NSA03LJTC'] },
      'marketplaces.0',
      /A38D8NSA03LJTC stands for sales outside/,
    ],
    ['a marketplace that nobody knows', { marketplaces: ['ANOWHERE'] }, 'marketplaces.0', /ANOWHERE is no marketplace/],
    ['a region that nobody knows', { region: 'mars' }, 'region', /Invalid option/],
    ['a pattern that never comes', { cron: '0 0 31 2 *' }, 'cron', /Invalid pattern/],
    ['a field that nobody knows', { secret: 'x' }, 'secret', /Unknown/],
  ])('with %s is refused, and the field is named', async (_, wish, field, message) => {
    const { status, body } = await send('POST', '/stores', { id: 'wrong', region: 'eu', credentials, ...wish });
    expect(status).toBe(400);
    expect(body.errors).toMatchObject([{ field, message: expect.stringMatching(message) }]);
    expect(JSON.stringify(body)).not.toContain(clientSecret);
  });

  test('does not change its region, and says why; everything else that was decided about it can change', async () => {
    await connect('movable');
    const { status, body } = await send('PATCH', '/stores/movable', { region: 'na' });
    expect({ status, errors: body.errors }).toMatchObject({
      status: 400,
      errors: [{ field: 'region', message: expect.stringContaining('The store is in eu, and stays there'), code: 'store.stays-in-region' }],
    });
    expect((await send('PATCH', '/stores/movable', { marketplaces: ['ATVPDKIKX0DER'] })).status).toBe(400);

    const change = { name: 'Moved', marketplaces: [germany], cron: '*/7 * * * *', nonAmazonOrders: 'import', region: 'eu', readOnly: true };
    expect((await send('PATCH', '/stores/movable', change)).body).toMatchObject(change);
    expect((await send('PATCH', '/stores/movable', { cron: null, readOnly: false })).body).toMatchObject({
      name: 'Moved',
      cron: '0 0 1 1 *',
      readOnly: false,
    });
  });

  test('that comes from the environment is changed there, and a store with its id cannot be made', async () => {
    for (const [method, path, body, says] of [
      ['PUT', '/stores/na/credentials', credentials, /AMAZON_STORES, or AMAZON_CLIENT_ID/],
      ['PATCH', '/stores/na', { name: 'Other' }, /decided by AMAZON_STORES/],
      ['DELETE', '/stores/na', { confirm: 'na' }, /take it out of AMAZON_STORES/],
    ] as const) {
      const answer = await send(method, path, body);
      expect(answer).toMatchObject({ status: 409, body: { code: 'store.managed-by-environment', detail: expect.stringMatching(says) } });
    }
    const again = await send('POST', '/stores', { id: 'na', region: 'na', credentials });
    expect(again).toMatchObject({ status: 409, body: { code: 'store.exists' } });
    expect((await send('PATCH', '/stores/na', { cron: '*/9 * * * *' })).body).toMatchObject({
      cron: '*/9 * * * *',
      managedBy: 'environment',
    });
  });

  test('that is paused asks nothing and keeps everything; it goes on where it was', async () => {
    const [number = ''] = await gateway.create(1, { sellerId: europe.sellerId, marketplaceId: germany });
    await connect('resting');
    const { watermark } = (await get('/stores/resting')).body;
    for (let twice = 0; twice < 2; twice++) {
      expect((await send('POST', '/stores/resting/pause')).body).toMatchObject({ status: 'paused', pausedBy: 'person', watermark });
    }
    expect(await send('POST', '/stores/resting/sync')).toMatchObject({ status: 409, body: { code: 'store.paused' } });
    expect((await get(`/amazon-orders?storeId=resting&amazonOrderId=${number}`)).body.items).toHaveLength(1);
    expect((await send('POST', '/stores/resting/resume')).body.pausedBy).toBeUndefined();
    await eventually(async () => expect(Date.parse((await get('/stores/resting')).body.watermark)).toBeGreaterThan(Date.parse(watermark)));
  });

  test('takes new credentials at once, and tells the age of the secret from that of the authorization', async () => {
    await connect('renewed');
    await query(
      `update store set secret_set_at = now() - interval '170 days', authorized_at = now() - interval '300 days' where id = 'renewed'`,
    );
    expect((await get('/stores/renewed')).body.credentials).toMatchObject({ secretIsDue: true, authorizedForDays: 300 });

    const { body } = await send('PUT', '/stores/renewed/credentials', { ...credentials, clientSecret: 'wrong-secret-canary' });
    expect(body.credentials).toMatchObject({ secretIsDue: false, authorizedForDays: 300 });
    await send('POST', '/stores/renewed/sync');
    await eventually(async () => expect((await get('/stores/renewed')).body.status).toBe('refused'));
    await send('PUT', '/stores/renewed/credentials', credentials);
    await send('POST', '/stores/renewed/sync');
    await eventually(async () => expect((await get('/stores/renewed')).body.status).toBe('ok'));
  });

  test('is deleted for good, when it is named twice and no write is open, or all of them are given up', async () => {
    await connect('gone', { readOnly: true });
    const [{ orderId }] = (await get('/amazon-orders?storeId=gone&status=unshipped&limit=1')).body.items;
    const order = await eventually(
      () => gateway.service.published(AmazonOrderImported).find(({ data }) => data.orderId === orderId) ?? missing(),
    );
    const parcel = { orderId, shipmentId: randomUUID(), revision: 1, shippedAt: new Date().toISOString(), carrier: 'DHL' } as const;
    await gateway.service.publish(
      ShipmentDispatched,
      { ...parcel, trackingNumber: '1', labelFrom: 'seller', lines: [{ lineId: order.data.lines[0]?.lineId ?? '', quantity: 1 }] },
      { aggregateId: orderId, aggregateVersion: 1, tenant: 'gone' },
    );
    const command = () => eventually(async () => (await get('/commands?storeId=gone')).body.items[0] ?? missing());
    expect(await command()).toMatchObject({ state: 'pending' });

    const remove = (body: object) => send('DELETE', '/stores/gone', body);
    expect(await remove({ confirm: 'other' })).toMatchObject({ status: 400, body: { errors: [{ field: 'confirm' }] } });
    expect(await remove({ confirm: 'gone' })).toMatchObject({ status: 409, body: { code: 'store.has-unresolved-writes' } });
    expect((await remove({ confirm: 'gone', abandon: true })).status).toBe(204);

    expect((await get('/stores/gone')).status).toBe(404);
    expect((await get('/amazon-orders?storeId=gone')).body.items).toEqual([]);
    expect(
      await query(`select 1 from sync_cursor where store_id = 'gone' union all select 1 from rate_budget where store_id = 'gone'`),
    ).toEqual([]);
    expect(await command()).toMatchObject({ state: 'failed' });
    const again = await send('POST', '/stores', { id: 'gone', region: 'eu', credentials });
    expect(again).toMatchObject({ status: 409, body: { code: 'store.deleted' } });
  });

  test('that one instance makes, pauses or deletes is known to the other', async () => {
    const other = await gateway.service.another();
    const ask = async (id: string) => {
      const { status, body } = await gateway.service.at(other.url).send('POST', `/stores/${id}/sync`);
      return { status, ...(body as { code?: string }) };
    };
    await Promise.all(['shared', 'brief'].map((id) => connect(id)));
    for (const id of ['shared', 'brief']) expect((await ask(id)).status).toBe(202);
    await send('POST', '/stores/shared/pause');
    await send('DELETE', '/stores/brief', { confirm: 'brief' });
    await eventually(async () => expect(await ask('shared')).toMatchObject({ status: 409, code: 'store.paused' }));
    await eventually(async () => expect(await ask('brief')).toMatchObject({ status: 404, code: 'store.unknown' }));
  });
});

describe('a store of the environment', () => {
  const [seller] = sellers;
  const unset = Object.fromEntries(['REGION', 'CLIENT_ID', 'CLIENT_SECRET', 'REFRESH_TOKEN'].map((name) => [`AMAZON_${name}`, '']));
  const named = (wish: object) => {
    const own = { clientId: seller?.clientId, clientSecret: seller?.clientSecret, refreshToken: seller?.refreshToken };
    return { ...unset, AMAZON_STORES: JSON.stringify([{ id: 'north', region: 'na', ...own, ...wish }]) };
  };

  test('follows the environment from start to start, but stays in its region', async () => {
    await gateway.build(named({ name: 'North' })).start();
    expect((await get('/stores/north')).body).toMatchObject({ name: 'North', managedBy: 'environment' });
    const { secretSetAt } = (await get('/stores/north')).body.credentials;
    await gateway.build(named({ name: 'North America' })).start();
    expect((await get('/stores/north')).body).toMatchObject({ name: 'North America', credentials: { secretSetAt } });

    await expect(gateway.build(named({ region: 'fe' })).start()).rejects.toMatchObject({
      code: 'store.region-cannot-change',
      details: { storeId: 'north', region: 'na', environment: 'fe' },
    });
  });

  test('that it no longer names goes on, and is managed over HTTP from then on', async () => {
    await gateway.build(named({ name: 'North' })).start();
    expect((await get('/stores/na')).body).toMatchObject({ managedBy: 'api' });
    expect((await send('PATCH', '/stores/na', { name: 'Left alone' })).body).toMatchObject({ name: 'Left alone', managedBy: 'api' });
  });
});

test('all marketplaces are told with country, currency and time zone', async () => {
  const { items } = (await get('/marketplaces')).body;
  expect(items).toHaveLength(23);
  expect(items).toContainEqual({
    ...{ id: 'A1VC38T7YXB528', region: 'fe', country: 'JP', name: 'Japan' },
    ...{ currency: 'JPY', domain: 'amazon.co.jp', timeZone: 'Asia/Tokyo' },
  });
  for (const { currency, timeZone } of items) {
    expect(Intl.supportedValuesOf('currency')).toContain(currency);
    expect(() => new Intl.DateTimeFormat('en', { timeZone })).not.toThrow();
  }
});
