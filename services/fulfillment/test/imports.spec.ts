import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { OrderCreated } from '@orderbus/contracts';
import { eventually, type Harness, serviceHarness } from '@orderbus/testkit';
import { buildFulfillmentApp, FulfillmentConfig, schema } from '../src/app.ts';
import { expectBooksToBalance } from './invariant.ts';
import { aLine, anOrder } from './orders.ts';

let harness: Harness<ReturnType<typeof buildFulfillmentApp>>;

beforeAll(async () => {
  harness = await serviceHarness({
    schema,
    build: (urls) => buildFulfillmentApp(FulfillmentConfig.parse({ ...urls, LOG_LEVEL: 'fatal' })),
  });
});

afterAll(() => harness?.stop());

afterEach(() => expectBooksToBalance(harness.app.database));

const upload = async (path: string, file: string, headers: Record<string, string> = {}) => {
  const answer = await harness.as({ name: 'Ada' }).fetch(path, {
    method: 'POST',
    body: file,
    headers: { 'content-type': 'text/csv', ...headers },
  });
  const text = await answer.text();
  return { status: answer.status, body: /json/.test(answer.headers.get('content-type') ?? '') ? JSON.parse(text) : text };
};
const stock = async (sku: string) => (await harness.get(`/stock/${encodeURIComponent(sku)}`)).body;

describe('a file of products', () => {
  const file = 'SKU;Title;Enabled;Manage stock\nLAMP;Desk lamp;yes;\n"CUP";"Cup; blue";no;true\n;No sku;;\nGIFT;;;\nLAMP;Again;;\n';

  test('creates and changes them, and says of each bad row what is wrong', async () => {
    const report = await upload('/products/import', file);
    expect(report).toMatchObject({
      status: 200,
      body: {
        ...{ dryRun: false, rows: 5, created: 2, changed: 0, unchanged: 0, refused: 3 },
        problems: [
          { row: 4, sku: '', why: expect.stringMatching(/^sku: /) },
          { row: 5, sku: 'GIFT', why: 'title: Missing', problems: [{ field: 'title', code: 'field.missing' }] },
          {
            row: 6,
            sku: 'LAMP',
            why: 'Twice in this file: see row 2',
            problems: [{ field: 'row', code: 'row.twice', facts: { first: 2 } }],
          },
        ],
      },
    });
    expect((await harness.get('/products')).body.items).toEqual([
      { sku: 'CUP', title: 'Cup; blue', enabled: false, manageStock: true, lowStockAt: null },
      { sku: 'LAMP', title: 'Desk lamp', enabled: true, manageStock: true, lowStockAt: null },
    ]);
  });

  test('says of each product what counts as few; an empty cell leaves it as it is', async () => {
    const low = async () => {
      const { items } = (await harness.get('/products')).body;
      return items.map(({ sku, lowStockAt }: { sku: string; lowStockAt: number | null }) => `${sku} ${lowStockAt}`);
    };
    await upload('/products/import', 'sku,title,lowStockAt\nLAMP,Desk lamp,5\nCUP,Cup; blue,0\n'.replace('Cup; blue', '"Cup; blue"'));
    expect(await low()).toEqual(['CUP 0', 'LAMP 5']);
    await upload('/products/import', 'sku,title,lowStockAt\nLAMP,Desk lamp,\nCUP,"Cup; blue",default\n');
    expect(await low()).toEqual(['CUP null', 'LAMP 5']);
    await harness.send('PUT', '/products', [{ sku: 'LAMP', title: 'Desk lamp' }]);
    expect(await low()).toEqual(['CUP null', 'LAMP 5']);
    await harness.send('PUT', '/products', [{ sku: 'LAMP', title: 'Desk lamp', lowStockAt: null }]);
    expect(await low()).toEqual(['CUP null', 'LAMP null']);
    const few = await upload('/products/import', 'sku,title,lowStockAt\nLAMP,Desk lamp,-1\n');
    expect(few.body.problems).toMatchObject([{ row: 2, sku: 'LAMP', why: 'lowStockAt: Expected a whole number, or default' }]);
  });

  test('changes nothing when it is sent again', async () => {
    expect((await upload('/products/import', file)).body).toMatchObject({ created: 0, changed: 0, unchanged: 2, refused: 3 });
  });

  test('tells beforehand what it would do', async () => {
    const other = 'sku,title\nLAMP,Other lamp\nDESK,Desk\n';
    const rehearsed = await upload('/products/import?dryRun=true', other);
    expect(rehearsed.body).toMatchObject({ dryRun: true, created: 1, changed: 1, refused: 0 });
    expect((await harness.get('/products')).body.items.map(({ title }: { title: string }) => title)).toEqual(['Cup; blue', 'Desk lamp']);
    expect({ ...(await upload('/products/import', other)).body, dryRun: true }).toEqual(rehearsed.body);
  });
});

describe('a file of counted stock', () => {
  test('sets the units of each row, and refuses what cannot be', async () => {
    await harness.send('PUT', '/stock', [{ sku: 'CUP', onHand: 3 }]);
    await harness.send('PUT', '/products', [{ sku: 'CUP', title: 'Cup', enabled: true }]);
    const order = anOrder([aLine('CUP', 2)]);
    await harness.publish(OrderCreated, order, { aggregateId: order.orderId, aggregateVersion: 1 });
    await eventually(async () => expect(await stock('CUP')).toMatchObject({ reserved: 2 }));
    const rows = ['LAMP,7,', 'CUP,1,', 'CUP,3,attic', 'NOBODY,1,', 'DESK,many,', 'DESK,0,main'];
    const report = await upload('/stock/import', `sku,onHand,location\n${rows.join('\n')}`);
    expect(report.body).toMatchObject({
      ...{ rows: 6, changed: 1, unchanged: 1, refused: 4 },
      problems: [
        { row: 3, sku: 'CUP', why: 'onHand: 3 on hand, 2 of them set aside for orders: cancel or ship those first' },
        { row: 4, sku: 'CUP', why: 'location: No such location: attic' },
        { row: 5, sku: 'NOBODY', why: 'sku: No such product', problems: [{ field: 'sku', code: 'product.unknown' }] },
        { row: 6, sku: 'DESK', why: 'onHand: Expected a whole number' },
      ],
    });
    expect([await stock('LAMP'), await stock('CUP')]).toMatchObject([{ onHand: 7 }, { onHand: 3 }]);
    expect((await harness.get('/stock/LAMP/movements')).body.items).toMatchObject([{ reason: 'counted', deltaOnHand: 7, actor: 'Ada' }]);
  });

  test('gives arriving units to the orders that wait for them', async () => {
    const order = anOrder([aLine('DESK', 2)]);
    await harness.publish(OrderCreated, order, { aggregateId: order.orderId, aggregateVersion: 1 });
    const becomes = (status: string) =>
      eventually(async () => expect((await harness.get(`/reservations/${order.orderId}`)).body).toMatchObject({ status }));
    await becomes('short');
    expect((await upload('/stock/import?dryRun=true', 'sku,onHand\nDESK,5')).body).toMatchObject({ changed: 1 });
    expect(await stock('DESK')).toMatchObject({ onHand: 0 });
    await upload('/stock/import', 'sku,onHand\nDESK,5');
    await becomes('reserved');
  });

  test('is answered with every row, for a spreadsheet', async () => {
    const report = await upload('/stock/import', 'sku,onHand\n=LAMP,1\nLAMP,8\n＝LAMP,1\n', { accept: 'text/csv' });
    expect(report).toEqual({
      status: 200,
      body: "row,sku,result,why\r\n2,'=LAMP,refused,sku: No such product\r\n3,LAMP,changed,\r\n4,'＝LAMP,refused,sku: No such product\r\n",
    });
  });

  test('of thousands of rows is taken in by the thousand, and a mistake in one of them stops none', async () => {
    const many = Array.from({ length: 5_000 }, (_, n) => `Z-${n}`);
    expect((await upload('/products/import', `sku,title\n${many.map((sku) => `${sku},Thing`).join('\n')}`)).body).toMatchObject({
      created: 5_000,
    });
    const counts = many.map((sku, n) => `${sku},${n === 1_234 ? 'x' : n}`);
    expect((await upload('/stock/import', `sku,onHand\n${counts.join('\n')}`)).body).toMatchObject({
      ...{ rows: 5_000, changed: 4_998, unchanged: 1, refused: 1 },
      problems: [{ row: 1_236, sku: 'Z-1234' }],
    });
  });
});

describe('what is no such file', () => {
  test.each([
    ['another column', 'sku,title,colour\nA,B,red', 'colour'],
    ['too few columns', 'sku\nA', 'title'],
    ['none at all', '', 'file'],
  ])('is refused by name, and nothing is done: %s', async (_, file, field) => {
    expect(await upload('/products/import', file)).toMatchObject({ status: 400, body: { errors: [{ field }] } });
  });

  test('is refused by its kind', async () => {
    const json = { 'content-type': 'application/json' };
    expect(await upload('/products/import', '[]', json)).toMatchObject({ status: 415, body: { detail: 'Send the file as text/csv' } });
  });
});

test('a file that is sent again under its key is answered the same, and other content under it is refused', async () => {
  const key = { 'idempotency-key': 'monday' };
  const first = await upload('/products/import', 'sku,title\nKEY,One\n', key);
  expect(first.body).toMatchObject({ created: 1 });
  expect(await upload('/products/import', 'sku,title\nKEY,One\n', key)).toEqual(first);
  expect(await upload('/products/import', 'sku,title\nKEY,Two\n', key)).toMatchObject({ status: 422 });
});
