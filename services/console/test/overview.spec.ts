import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readModel } from '../src/store/read-model.ts';
import { heardOf, lifeOf, numberOf, type Told, troubles } from './a-shop.ts';
import { consoleWorld, type World } from './world.ts';

let world: World;

const purchase = { country: 'DE', currency: 'EUR', totalMinor: 1_000, units: 2 } as const;
const now = () => new Date();
const daysAgo = (days: number): string => new Date(now().getTime() - days * 86_400_000).toISOString();

const lives = () => [
  lifeOf({ ...purchase, fate: 'shipped', tenant: 'store-1', purchasedAt: now().toISOString() }),
  lifeOf({ ...purchase, fate: 'open', tenant: 'store-1', purchasedAt: daysAgo(3) }),
  lifeOf({ ...purchase, fate: 'blocked', tenant: 'store-1', purchasedAt: daysAgo(20) }),
  lifeOf({ ...purchase, fate: 'held', tenant: 'store-1', purchasedAt: daysAgo(200) }),
  lifeOf({ ...purchase, fate: 'canceled', tenant: 'store-1', purchasedAt: daysAgo(1) }),
  lifeOf({ ...purchase, fate: 'pending', tenant: 'store-1', purchasedAt: daysAgo(1) }),
  lifeOf({ ...purchase, fate: 'open', tenant: 'store-2', currency: 'GBP', country: 'GB', purchasedAt: daysAgo(2) }),
];
let told: ReturnType<typeof lives>;

const keep = (all: readonly Told[]) =>
  world.app.database.transaction((tx) =>
    readModel.run(
      tx,
      all.map((one) => ({ key: one.event.id, command: heardOf(one), cause: { tenant: one.event.tenant, correlationId: 'c' } })),
    ),
  );

beforeAll(async () => {
  world = await consoleWorld();
  told = lives();
  await keep([...told.flatMap((life) => life.told), ...troubles('*')]);
});
afterAll(() => world?.stop());

const sold = (orders: number, currency = 'EUR') => ({ currency, orders, units: orders * 2, revenueMinor: orders * 1_000 });

describe('GET /api/overview', () => {
  test('tells what was sold today, in seven days, in thirty and in all', async () => {
    const { status, body } = await world.get('/api/overview?store=store-1');
    expect(status).toBe(200);
    expect(body.sales).toEqual({ today: [sold(1)], sevenDays: [sold(2)], thirtyDays: [sold(3)], lifetime: [sold(4)] });
  });

  test('tells each currency for itself, and draws the last thirty days of it', async () => {
    const { body } = await world.get('/api/overview');
    expect(body.sales.lifetime).toEqual([sold(4), sold(1, 'GBP')]);
    expect(body.courses.map(({ currency }: { currency: string }) => currency)).toEqual(['EUR', 'GBP']);
    const [{ points }] = body.courses;
    expect(points).toHaveLength(30);
    expect(points.reduce((sum: number, { orders }: { orders: number }) => sum + orders, 0)).toBe(3);
    expect(points.at(-1)).toMatchObject({ orders: 1, revenueMinor: 1_000 });
  });

  test('counts orders by where they stand, and what is to be done', async () => {
    const { body } = await world.get('/api/overview?store=store-1');
    expect(body.states).toEqual({ pending: 1, new: 0, blocked: 1, processing: 1, held: 1, complete: 1, closed: 0, canceled: 1 });
    expect(body.needs).toEqual([{ kind: 'order-blocked', open: 1 }]);
    expect([body.needsMe, body.waitingAtAmazon]).toEqual([1, 0]);
    expect(JSON.stringify(body)).not.toMatch(/buyer|Canary/i);
    expect((await world.get('/api/needs/count?store=store-1')).body).toEqual({ needsMe: 1, waitingAtAmazon: 0 });
  });

  test('keeps to the stores that the visitor has access to', async () => {
    const limited = world.as({ stores: ['store-2'] });
    const { body } = await limited.get('/api/overview');
    expect([body.sales.lifetime, body.stores.map(({ tenant }: { tenant: string }) => tenant)]).toEqual([[sold(1, 'GBP')], ['store-2']]);
    expect((await limited.get('/api/overview?store=store-1')).status).toBe(403);
  });
});

describe('GET /api/needs', () => {
  test('lists what needs a person, the latest first, with the order that it is about', async () => {
    const { body } = await world.get('/api/needs?store=store-1');
    const blocked = told[2];
    expect(body.items).toMatchObject([{ kind: 'order-blocked', orderId: blocked?.orderId, number: numberOf(blocked?.orderId ?? '') }]);
    expect(body.items[0].facts.reasons).toBeDefined();
  });

  test('lists what is about the whole installation to whoever sees all stores', async () => {
    const { body } = await world.get('/api/needs');
    const kinds = body.items.map(({ kind }: { kind: string }) => kind).sort();
    expect(kinds).toEqual(expect.arrayContaining(['sync-stalled', 'secret-expiring', 'read-only', 'dead-letters']));
    expect((await world.as({ stores: ['store-2'] }).get('/api/needs')).body.items).toEqual([]);
  });

  test('goes on page by page, and keeps what was resolved', async () => {
    const first = (await world.get('/api/needs?limit=2')).body;
    const second = (await world.get(`/api/needs?limit=2&cursor=${first.nextCursor}`)).body;
    const ids = [...first.items, ...second.items].map(({ id }: { id: string }) => id);
    expect(new Set(ids).size).toBe(4);
    const { body } = await world.get('/api/needs?status=resolved&kind=shipment-refused');
    expect(body.items).toMatchObject([{ kind: 'shipment-refused', orderId: told[0]?.orderId, facts: { shipmentId: expect.any(String) } }]);
    expect(body.items[0].resolvedAt > body.items[0].since).toBe(true);
  });
});

describe('GET /api/orders/:orderId/timeline', () => {
  const shipped = () => told[0] as (typeof told)[number];
  const commandId = '0198c2a4-7000-7000-8000-0000000000aa';
  const command = {
    id: commandId,
    storeId: 'store-1',
    kind: 'shipment',
    state: 'done',
    attempts: 2,
    requestedAt: '2020-01-01T00:00:00.000Z',
  };
  const answers: Readonly<Record<string, object>> = {
    '/commands': { items: [command] },
    [`/commands/${commandId}`]: { ...command, answer: { result: 'accepted', at: '2020-01-01T00:00:09.000Z' } },
    '/errors': {
      items: [
        {
          ...{ id: commandId, storeId: 'store-1', operation: 'confirmShipment', code: 'InternalFailure', message: 'Try again' },
          ...{ httpStatus: 500, requestId: 'r-1', subject: '113', at: '2020-01-01T00:00:05.000Z' },
        },
      ],
    },
  };
  const gatewayAnswers: World['answer'] = (request, response) => {
    const answer = answers[(request.url ?? '').replace('/amazon-gateway', '').replace(/\?.*/, '')];
    response.setHeader('content-type', 'application/json').end(JSON.stringify(answer ?? {}));
  };
  const ask = async (query = '') => (await world.browser().fetch(`/api/orders/${shipped().orderId}/timeline${query}`)).json();
  const typesOf = (body: unknown) => (body as { items: { type: string }[] }).items.map(({ type }) => type);

  test('holds the events of all services in the order in which they were recorded, with who did it', async () => {
    world.answer = gatewayAnswers;
    const { items } = (await ask('?kind=event')) as { items: { type: string; service: string; person?: string; at: string }[] };
    expect(items.map(({ type }) => type)).toEqual(shipped().told.map(({ event }) => event.type));
    expect(new Set(items.map(({ service }) => service))).toEqual(new Set(['amazon-gateway', 'order', 'fulfillment', 'billing']));
    expect(items.find(({ type }) => type === 'order.commented')?.person).toBe('Mara');
  });

  test('holds what Amazon was asked, what it said, and the calls that failed on the way', async () => {
    world.answer = gatewayAnswers;
    const body = (await ask()) as { incomplete: string[] };
    expect(body.incomplete).toEqual([]);
    expect(typesOf(body).slice(0, 3)).toEqual(['amazon-write.asked', 'confirmShipment', 'amazon-write.answered']);
    expect(typesOf(await ask('?kind=failed-call'))).toEqual(['confirmShipment']);
    expect(typesOf(await ask('?service=billing'))).toEqual(['invoice.issued']);
  });

  test('names the gateway when it does not tell, and shows the rest', async () => {
    world.answer = (_, response) => void response.writeHead(503).end();
    const body = (await ask()) as { incomplete: string[] };
    expect(body.incomplete).toEqual(['amazon-gateway']);
    expect(typesOf(body)).toHaveLength(shipped().told.length);
  });

  test('is not there for whoever has no access to its store, or when nothing was heard of it', async () => {
    expect((await world.as({ stores: ['store-2'] }).get(`/api/orders/${shipped().orderId}/timeline`)).status).toBe(404);
    expect((await world.get('/api/orders/0198c2a4-7000-7000-8000-0000000000ff/timeline')).status).toBe(404);
  });
});
