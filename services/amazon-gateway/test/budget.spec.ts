import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { buildSandbox, type Sandbox, type Seller, sellers } from '@orderbus/amazon-sandbox';
import type { AppError, Clock } from '@orderbus/kernel';
import { type Database, openDatabase, provision } from '@orderbus/outbox';
import { type TestDatabase, testDatabase } from '@orderbus/testkit';
import type { SpApi } from '../src/amazon/sp-api.ts';
import { RateBudgets1764000100000 } from '../src/store/migrations/rate-budgets.ts';
import { bucketsOf, rateBudget } from '../src/store/rate-budget.ts';
import { testClient } from './client-harness.ts';
import { type ScriptedAmazon, scriptedAmazon, throttled } from './scripted-amazon.ts';

const never = new AbortController().signal;
const begin = Date.parse('2026-10-01T12:00:00Z');
let nowMs = begin;
const clock: Clock = { now: () => new Date(nowMs) };
const passes = (ms: number): void => {
  nowMs += ms;
};

let created: TestDatabase;
let replicas: Database[] = [];
let amazon: ScriptedAmazon;
beforeAll(async () => {
  created = await testDatabase();
  const tenancies = [{ schema: 'gateway', role: 'orderbus_gateway' }];
  const { gateway: url = '' } = await provision({ adminUrl: created.url, secret: 'test', tenancies });
  const open = () => openDatabase({ url, schema: 'gateway', entities: [], migrations: [RateBudgets1764000100000] });
  replicas = [open(), open()];
  for (const replica of replicas) await replica.start();
});
afterAll(async () => {
  for (const replica of replicas) await replica.stop();
  await created.drop();
});
beforeEach(async () => {
  nowMs = begin;
  await replicas[0]?.query('truncate rate_budget');
  amazon = await scriptedAmazon();
  amazon.script = () => ({ status: 200, body: { orders: [] } });
});
afterEach(() => amazon.stop());

/** The client of the same store in each replica. */
const clients = (options: { url?: string; clock?: Clock } & Partial<Parameters<typeof testClient>[0]> = {}): SpApi[] =>
  replicas.map((database) => testClient({ url: amazon.url, clock, budget: rateBudget(database), ...options }).api);
const stopAll = (apis: readonly SpApi[]) => Promise.all(apis.map((api) => api.stop()));
const search = (api: SpApi | undefined, spare = 0) =>
  api?.searchOrders({ lastUpdatedAfter: '2026-10-01T00:00:00Z', includedData: ['FULFILLMENT'], spare }, never);
const refusalOf = (call: Promise<unknown> | undefined): Promise<AppError['details'] & { code: string }> =>
  Promise.resolve(call).then(
    () => expect(undefined).toBe('a refusal') as never,
    ({ code, details }: AppError) => ({ ...details, code }),
  );

describe('the rate budget of a store', () => {
  test('is one for all replicas: together they make as many calls as the plan allows, and no more', async () => {
    const apis = clients();
    const outcomes = await Promise.allSettled(Array.from({ length: 60 }, (_, n) => search(apis[n % 2])));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(19);
    expect(amazon.calls).toHaveLength(19);

    const refused = await refusalOf(search(apis[0]));
    expect(refused).toMatchObject({ code: 'budget.exhausted', operation: 'searchOrders', sent: false });
    const waitMs = Date.parse(String(refused.availableAt)) - nowMs;
    expect(waitMs).toBeGreaterThan(178_000);
    expect(waitMs).toBeLessThan(179_000);
    passes(waitMs - 5_000);
    await refusalOf(search(apis[1]));
    passes(5_000);
    await search(apis[1]);
    await refusalOf(search(apis[0]));
    await stopAll(apis);
  });

  test('keeps calls for the poll from those who can wait', async () => {
    const apis = clients();
    let background = 0;
    while (await search(apis[0], 5)?.catch(() => undefined)) background += 1;
    expect(background).toBe(14);
    for (let n = 0; n < 5; n++) await search(apis[1]);
    await refusalOf(search(apis[1]));
    await stopAll(apis);
  });

  test('is empty after a 429 for all replicas, as long as Amazon says, or until the plan grants a call', async () => {
    const apis = clients();
    amazon.script = () => ({ status: 429, body: throttled });
    const refused = await refusalOf(search(apis[0]));
    const pauseMs = Date.parse(String(refused.availableAt)) - nowMs;
    expect(pauseMs).toBeGreaterThan(178_571 * 1.05 - 1);
    expect(pauseMs).toBeLessThan(178_571 * 1.15 + 1);
    const asked = amazon.calls.length;
    passes(pauseMs - 5_000);
    expect(await refusalOf(search(apis[1]))).toMatchObject({ code: 'budget.exhausted', availableAt: refused.availableAt });
    expect(amazon.calls).toHaveLength(asked);
    const [row] = await bucketsOf(replicas[1] as Database, 'na');
    expect(row).toMatchObject({ pausedUntil: refused.availableAt, pausedBecause: 'You exceeded your quota for the requested resource.' });

    amazon.script = () => ({ status: 429, headers: { 'retry-after': '10' } });
    passes(5_000);
    const told = Date.parse(String((await refusalOf(search(apis[1]))).availableAt)) - nowMs;
    expect(told).toBeGreaterThanOrEqual(10_500);
    expect(told).toBeLessThanOrEqual(11_500);
    amazon.script = () => ({ status: 200, body: { orders: [] } });
    passes(told);
    await search(apis[0]);
    expect(await refusalOf(search(apis[1]))).toMatchObject({ code: 'budget.exhausted' });
    await stopAll(apis);
  });

  test('fills at the rate that Amazon announces, where it differs from the documented one', async () => {
    const apis = clients();
    amazon.script = () => ({ status: 200, headers: { 'x-amzn-ratelimit-limit': '0.1' }, body: { orders: [] } });
    for (let n = 0; n < 19; n++) await search(apis[0]);
    expect(Date.parse(String((await refusalOf(search(apis[1]))).availableAt)) - nowMs).toBe(10_000);
    expect(await bucketsOf(replicas[0] as Database, 'na')).toMatchObject([{ operation: 'searchOrders', rate: 0.1, burst: 20 }]);
    await stopAll(apis);
  });

  test('is not counted where Amazon grants more than anybody could ask, as a sandbox does, but a 429 still counts', async () => {
    const apis = clients();
    amazon.script = (_call, n) =>
      n === 50
        ? { status: 429, headers: { 'retry-after': '10' } }
        : { status: 200, headers: { 'x-amzn-ratelimit-limit': '1000' }, body: { orders: [] } };
    for (let n = 0; n < 49; n++) await search(apis[0]);
    expect(await refusalOf(search(apis[0]))).toMatchObject({ code: 'amazon.quota-exceeded' });
    expect(await refusalOf(search(apis[0]))).toMatchObject({ code: 'budget.exhausted' });
    await stopAll(apis);
  });

  test('is slept through where the wait is short', async () => {
    const apis = clients({ clock: { now: () => new Date() } });
    amazon.script = () => ({ status: 204 });
    const startedAt = performance.now();
    await Promise.all(Array.from({ length: 18 }, (_, n) => apis[n % 2]?.updateShipmentStatus(`111-${n}`, {}, never)));
    // 14 at once, four more at five per second.
    expect(performance.now() - startedAt).toBeGreaterThan(700);
    expect(amazon.calls).toHaveLength(18);
    await stopAll(apis);
  });

  test('survives a clock that goes back, or that was far ahead', async () => {
    const budget = rateBudget(replicas[0] as Database);
    const take = (now: number) =>
      budget.take({ storeId: 's', operation: 'getOrder', plan: { rate: 0.5, burst: 30 }, spare: 0, now: new Date(now) });
    for (let n = 0; n < 29; n++) expect((await take(begin)).granted).toBe(true);
    expect((await take(begin - 60_000)).granted).toBe(false);
    expect((await take(begin)).granted).toBe(false);
    expect((await take(begin + 2_000)).granted).toBe(true);
    const nextYear = begin + 365 * 86_400_000;
    for (let n = 0; n < 29; n++) await take(nextYear);
    expect((await take(begin)).granted).toBe(false);
    expect((await take(begin + 2_000)).granted).toBe(true);
    const inHalfAnHour = begin + 30 * 60_000;
    for (let n = 0; n < 30; n++) await take(inHalfAnHour);
    await budget.pause({
      ...{ storeId: 's', operation: 'getOrder', because: 'quota' },
      ...{ now: new Date(inHalfAnHour), until: new Date(inHalfAnHour + 60_000) },
    });
    await take(begin + 4_000);
    expect((await take(begin + 200_000)).granted).toBe(true);
  });
});

describe('against limits as Amazon documents them', () => {
  let sandbox: Sandbox;
  let apis: readonly SpApi[];
  /** How long a call is on its way to Amazon. */
  let travelMs: number;
  beforeEach(async () => {
    travelMs = 0;
    const sandboxClock: Clock = { now: () => new Date(nowMs + travelMs) };
    const quiet = { port: 0, seed: 1, ordersPerMinute: 0, initialOrders: 0, visibilityLagMs: 0 };
    sandbox = buildSandbox({ ...quiet, limits: 'documented', clock: sandboxClock });
    await sandbox.start();
    const { clientId, clientSecret, refreshToken } = sellers[0] as Seller;
    apis = clients({ url: sandbox.url, credentials: () => ({ clientId, clientSecret, refreshToken }) });
  });
  afterEach(async () => {
    await stopAll(apis);
    await sandbox.stop();
  });
  const answered = async (): Promise<Record<string, number>> => {
    const stats = (await (await fetch(`${sandbox.url}/sandbox/stats`)).json()) as { requests: Record<string, Record<string, number>> };
    return stats.requests.searchOrders ?? {};
  };

  test('hours of polling every five minutes beside a backfill get not one 429, and use nearly all that Amazon grants', async () => {
    const minutes = 6 * 60;
    let polls = 0;
    let background = 0;
    for (let minute = 0; minute < minutes; minute++) {
      // The replicas take turns; the backfill asks whenever it might, and is told to wait.
      const api = apis[minute % 2];
      if (minute % 5 === 0) polls += (await search(api)) ? 1 : 0;
      background += (await search(api, 5)?.catch(() => undefined)) ? 1 : 0;
      passes(60_000);
    }
    expect(await answered()).toEqual({ 200: polls + background });
    expect(polls).toBe(minutes / 5);
    const granted = 20 + minutes * 60 * 0.0056;
    expect(polls + background).toBeGreaterThan(granted - 8);
  });

  test('pitfall 10: whoever asks as soon as he may gets no 429 either, though some calls are longer on their way than others', async () => {
    for (let n = 0; n < 60; n++) {
      travelMs = n % 2 === 0 ? 2_000 : 0;
      const call = search(apis[n % 2]);
      const exhausted = await call?.then(
        () => undefined,
        ({ details }: AppError) => details,
      );
      if (exhausted) nowMs = Date.parse(String(exhausted.availableAt));
    }
    expect(Object.keys(await answered())).toEqual(['200']);
  });
});
