import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { AppError, systemClock } from '@orderbus/kernel';
import { type Database, openDatabase } from '@orderbus/outbox';
import { createLog } from '@orderbus/service-kit';
import { eventually } from '@orderbus/testkit';
import { schema } from '../src/app.ts';
import { errorRecorder } from '../src/jobs/error-recorder.ts';
import { forgetErrors } from '../src/jobs/forget.ts';
import { type LoggedError, listErrors } from '../src/store/error-log.ts';
import { type GatewayHarness, gatewayHarness } from './gateway-harness.ts';
import { refusal } from './scripted-amazon.ts';

const log = createLog({ service: 'gateway', level: 'silent' });

describe('a call to Amazon that failed', () => {
  let gateway: GatewayHarness;
  let database: Database;
  beforeAll(async () => {
    gateway = await gatewayHarness();
    database = gateway.service.app.database;
  });
  afterAll(() => gateway.stop());
  const errors = async (query = ''): Promise<LoggedError[]> => (await gateway.service.get(`/errors?${query}`)).body.items;

  test("is on record with the store, the operation, Amazon's code and words, and the request; a success is not", async () => {
    const ill = { status: 503, headers: { 'x-amzn-requestid': 'request-7' }, body: refusal('ServiceUnavailable', 'Come back later.') };
    const [done] = (await gateway.service.get('/metrics')).body.match(/spapi_requests_total\{op="searchOrders",status="200"/g) ?? [];
    expect(done).toBeDefined();
    gateway.proxy.onSearch = () => ill;
    await gateway.failingSync();
    gateway.proxy.onSearch = () => 'cut';
    await gateway.failingSync();
    gateway.proxy.onSearch = () => undefined;

    await eventually(async () => expect(await errors('operation=searchOrders')).not.toHaveLength(0));
    const [entry] = await errors('code=ServiceUnavailable&limit=1');
    expect(entry).toEqual({
      id: expect.any(String),
      storeId: 'na',
      operation: 'searchOrders',
      code: 'ServiceUnavailable',
      message: 'Come back later.',
      httpStatus: 503,
      requestId: 'request-7',
      subject: null,
      at: expect.any(String),
    });
    await eventually(async () =>
      expect((await errors('code=amazon.unreachable'))[0]).toMatchObject({
        httpStatus: null,
        requestId: null,
        message: expect.any(String),
      }),
    );
  });

  test('is shown with what is left of the quota, operation by operation', async () => {
    const { status, body } = await gateway.service.get('/stores/na/budget');
    expect(status).toBe(200);
    const find = (name: string) => body.items.find(({ operation }: { operation: string }) => operation === name);
    expect(find('searchOrders')).toMatchObject({ rate: 1_000, burst: 20, left: expect.any(Number), purpose: expect.any(String) });
    expect(find('createFeed')).toMatchObject({
      rate: 0.0083,
      burst: 15,
      left: 14,
      nextCallAt: expect.any(String),
      fullAt: expect.any(String),
    });
    expect((await gateway.service.get('/stores/nobody/budget')).status).toBe(404);
    expect((await gateway.service.get('/metrics')).body).toMatch(/spapi_budget_tokens\{store="na",op="searchOrders".*} \d+/);
  });

  test('is found by store, order, code and time, page by page, and refused questions name the field', async () => {
    const recorder = errorRecorder({ database, clock: systemClock, log });
    for (let n = 0; n < 5; n++) {
      const error = new AppError('invalid', 'amazon.invalid-input', { status: 400, amazonCode: 'InvalidInput', amazonSays: `No ${n}.` });
      recorder.failed({ storeId: 'eu', operation: 'confirmShipment', subject: `111-${n % 2}`, error });
    }
    await recorder.start();
    await recorder.stop();
    const messages = (list: readonly LoggedError[]) => list.map(({ message }) => message);
    expect(messages(await errors('storeId=eu&subject=111-1'))).toEqual(['No 3.', 'No 1.']);
    expect(await errors('storeId=eu&until=2020-01-01T00:00:00Z')).toEqual([]);
    expect(await errors('storeId=eu&from=2020-01-01T00:00:00Z&operation=confirmShipment&code=InvalidInput')).toHaveLength(5);

    const seen: string[] = [];
    let cursor = '';
    do {
      const { body } = await gateway.service.get(`/errors?storeId=eu&limit=2${cursor}`);
      seen.push(...messages(body.items));
      cursor = body.nextCursor ? `&cursor=${body.nextCursor}` : '';
    } while (cursor);
    expect(seen).toEqual(['No 4.', 'No 3.', 'No 2.', 'No 1.', 'No 0.']);
    expect(await gateway.service.get('/errors?from=yesterday')).toMatchObject({ status: 400, body: { errors: [{ field: 'from' }] } });
    expect((await gateway.service.get('/errors?cursor=x')).status).toBe(400);
  });

  test('is forgotten when it has been kept as long as the setting says', async () => {
    const [newest] = await listErrors(database, { limit: 1 });
    await database.query(
      `insert into amazon_error (id, store_id, operation, code, message, at)
       select gen_random_uuid(), 'old', 'getOrder', 'X', '', $1::timestamptz - interval '400 days' - n * interval '1 s' from generate_series(1, 2500) n`,
      [newest?.at],
    );
    const job = forgetErrors({ database, clock: { now: () => new Date(newest?.at ?? 0) }, log }, 400 * 86_400_000);
    await job.start();
    await eventually(async () => expect(await listErrors(database, { storeIds: ['old'], limit: 1 })).toEqual([]));
    await job.stop();
    expect(await listErrors(database, { limit: 1 })).toEqual([newest]);
  });

  test('neither waits for the record nor fails because of it: what the database could not take is written later, up to a limit', async () => {
    const url = gateway.service.urls.DATABASE_URL;
    const away = openDatabase({ url, schema, entities: [], migrations: [] });
    const recorder = errorRecorder({ database: away, clock: systemClock, log });
    await recorder.start();
    for (let n = 0; n < 1_200; n++) {
      expect(recorder.failed({ storeId: 'many', operation: 'getOrder', subject: undefined, error: new Error('?') })).toBeUndefined();
    }
    await recorder.stop();
    await away.start();
    await recorder.stop();
    await away.stop();
    const [{ count } = {}] = await database.query<{ count?: number }>(
      `select count(*)::int as count from amazon_error where store_id = 'many'`,
    );
    expect(count).toBe(1_000);
  });
});
