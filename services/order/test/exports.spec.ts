import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { AmazonOrderImported } from '@orderbus/contracts';
import type { Service } from '@orderbus/service-kit';
import { eventually, type Harness, personOf } from '@orderbus/testkit';
import { parseCsv } from 'hucre/csv';
import { readXlsx } from 'hucre/xlsx';
import { aLine, aSnapshot, message } from './builders.ts';
import { orderHarness } from './harness.ts';
import { people } from './people.ts';

const yen = { totals: { currency: 'JPY', grandTotalMinor: 1_500, tipMinor: 0 } };
const harmful = [
  aLine({ sku: '@SUM(1)', title: '=HYPERLINK("http://127.0.0.1","x")' }),
  aLine({ lineId: '2', sku: '-1+2', title: '+cmd' }),
];
const orders = [
  aSnapshot({ amazonOrderId: '555-0000000-0000001', purchasedAt: '2026-03-01T10:00:00Z', lines: harmful }),
  aSnapshot({
    amazonOrderId: '555-0000000-0000002',
    purchasedAt: '2026-03-02T10:00:00Z',
    ...yen,
    lines: [aLine({ title: 'Größe "L",\nrot' })],
  }),
];

let harness: Harness<Service>;
beforeAll(async () => {
  harness = await orderHarness();
  await harness.publishAll(orders.map((snapshot) => message(AmazonOrderImported, snapshot, 1)));
  await eventually(async () => expect((await harness.get('/orders')).body.items).toHaveLength(2));
  await harness.send('PUT', '/orders/555-0000000-0000002/note', { note: '\t=1+1' });
});
afterAll(() => harness.stop());

const { as } = people(() => harness, '555');

const file = async (path: string): Promise<{ status: number; type: string | null; name: string | null; bytes: Buffer }> => {
  const { status, headers, ...response } = await harness
    .as({ name: 'Ada' })
    .fetch(path)
    .then(async (answer) => ({
      status: answer.status,
      headers: answer.headers,
      bytes: Buffer.from(await answer.arrayBuffer()),
    }));
  return { status, type: headers.get('content-type'), name: headers.get('content-disposition'), ...response };
};

describe('a file of orders', () => {
  test('has the columns that were chosen, the rows of the list, and amounts as decimals of their currency', async () => {
    const { type, name, bytes } = await file('/orders/export?columns=amazonOrderId,currency,total,units,purchasedAt&sort=purchased');
    expect([type, name]).toEqual(['text/csv; charset=utf-8', 'attachment; filename="orders.csv"']);
    expect(bytes.toString('utf8').replaceAll('\r', '').split('\n')).toEqual([
      '\uFEFFAmazon order,Currency,Total,Units,Purchased',
      '555-0000000-0000001,USD,26.00,4,2026-03-01T10:00:00.000Z',
      '555-0000000-0000002,JPY,1500,2,2026-03-02T10:00:00.000Z',
    ]);
  });

  test('is narrowed like the list', async () => {
    const rows = parseCsv((await file('/orders/export?columns=amazonOrderId&currency=JPY&q=rot')).bytes.toString('utf8'));
    expect(rows.slice(1)).toEqual([['555-0000000-0000002']]);
  });

  test('holds no formula, whatever the texts begin with', async () => {
    const path = '/orders/export?columns=skus,titles,note&sort=purchased';
    const [, first, second] = parseCsv((await file(path)).bytes.toString('utf8'));
    expect(first).toEqual(["'@SUM(1), -1+2", `'=HYPERLINK("http://127.0.0.1","x"), +cmd`, '']);
    expect(second).toEqual(['MUG-BLUE', 'Größe "L",\nrot', "'=1+1"]);

    const book = await readXlsx((await file(`${path}&format=xlsx`)).bytes);
    const [sheet] = book.sheets;
    expect(sheet?.rows[1]).toEqual(['@SUM(1), -1+2', '=HYPERLINK("http://127.0.0.1","x"), +cmd', null]);
    expect([...(sheet?.cells?.values() ?? [])].filter(({ formula }) => formula !== undefined)).toEqual([]);
  });

  test('for a spreadsheet has numbers and times as such', async () => {
    const { type, bytes } = await file('/orders/export?format=xlsx&columns=total,currency,purchasedAt&sort=purchased');
    expect(type).toBe('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet');
    const { sheets } = await readXlsx(bytes);
    expect(sheets[0]?.rows).toEqual([
      ['Total', 'Currency', 'Purchased'],
      [26, 'USD', new Date('2026-03-01T10:00:00Z')],
      [1500, 'JPY', new Date('2026-03-02T10:00:00Z')],
    ]);
  });

  test.each([
    ['columns=buyer', 'columns.0'],
    ['format=pdf', 'format'],
    ['minTotal=1', 'currency'],
  ])('is refused with %s', async (query, field) => {
    const { status, body } = await harness.get(`/orders/export?${query}`);
    expect([status, body.errors[0].field]).toEqual([400, field]);
  });
});

describe('a large file', () => {
  const finished = (id: string) =>
    eventually(async () => {
      const { body } = await as('Ada', 'GET', `/exports/${id}`);
      expect(['done', 'failed']).toContain(body.state);
      return body;
    });

  test('is written in the background, and can be fetched when it is done', async () => {
    const request = {
      format: 'csv',
      columns: ['amazonOrderId', 'titles'],
      filters: { state: ['new'], q: 'edition rot' },
      sort: 'purchased',
    };
    const none = await as('Ada', 'POST', '/exports', request);
    expect([none.status, none.body.state]).toEqual([202, 'waiting']);
    const { body } = await as('Ada', 'POST', '/exports', { ...request, filters: { state: ['new'] } });
    expect(await finished(none.body.id)).toMatchObject({ state: 'done', rows: 0, of: 0 });
    expect(await finished(body.id)).toEqual({ id: body.id, format: 'csv', state: 'done', rows: 2, of: 2 });

    const { bytes } = await file(`/exports/${body.id}/file`);
    expect(bytes).toEqual((await file('/orders/export?columns=amazonOrderId,titles&sort=purchased')).bytes);
  });

  test('for a spreadsheet can be opened', async () => {
    const { body } = await as('Ada', 'POST', '/exports', { format: 'xlsx', columns: ['amazonOrderId'] });
    await finished(body.id);
    const { sheets } = await readXlsx((await file(`/exports/${body.id}/file`)).bytes);
    expect(sheets[0]?.rows).toEqual([['Amazon order'], ['555-0000000-0000002'], ['555-0000000-0000001']]);
  });

  test('is for nobody else, and what was asked for is forgotten with its writing', async () => {
    const { body } = await as('Ada', 'POST', '/exports', { format: 'csv', filters: { q: 'quartermain' } });
    await finished(body.id);
    expect((await as('Bea', 'GET', `/exports/${body.id}`)).status).toBe(404);
    expect((await as('Bea', 'GET', `/exports/${body.id}/file`)).status).toBe(404);
    expect(await harness.app.database.query('select request from export where id = $1', [body.id])).toEqual([{ request: {} }]);
  });

  const left = async (state: string, attempts: number, claimed: string): Promise<string> => {
    const id = randomUUID();
    await harness.app.database.query(
      `insert into export (id, owner, format, request, state, attempts, claimed_until) values ($1, $2, 'csv', $3, $4, $5, now() + $6::interval)`,
      [id, personOf('Ada'), JSON.stringify({ columns: ['number'] }), state, attempts, claimed],
    );
    return id;
  };

  test('that is not done cannot be fetched yet', async () => {
    const id = await left('running', 1, '1 hour');
    expect(await as('Ada', 'GET', `/exports/${id}/file`)).toMatchObject({ status: 409, body: { code: 'export.not-done' } });
  });

  test('whose writer died is written by another, and given up after three', async () => {
    const [again, lost] = [await left('running', 1, '-1 minute'), await left('running', 3, '-1 minute')];
    expect(await finished(again)).toMatchObject({ state: 'done', rows: 2 });
    expect(await finished(lost)).toMatchObject({ state: 'failed', problem: 'interrupted' });
    expect(await as('Ada', 'GET', `/exports/${lost}/file`)).toMatchObject({ status: 409, body: { code: 'export.failed' } });
  });

  test('that makes no sense is refused at once', async () => {
    const { status, body } = await as('Ada', 'POST', '/exports', { format: 'csv', filters: { maxTotal: '5' } });
    expect([status, body.errors[0].field]).toEqual([400, 'currency']);
  });
});
