import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { OrderCanceled, OrderCreated } from '@orderbus/contracts';
import { documentIdOf } from '@orderbus/kernel';
import { eventually, type Harness, serviceHarness } from '@orderbus/testkit';
import pg from 'pg';
import { BillingConfig, buildBillingApp, schema } from '../src/app.ts';
import { type Billed, entryIdOf, entryOfCreditMemo, entryOfInvoice, type JournalEntry } from '../src/domain/books.ts';
import { insertCanceledEntries, insertEntries } from '../src/store/journal.ts';
import { aLine, amounts, anOrder, type Created, canceled, totals } from './orders.ts';

let harness: Harness<ReturnType<typeof buildBillingApp>>;

beforeAll(async () => {
  harness = await serviceHarness({
    schema,
    build: (urls) => buildBillingApp(BillingConfig.parse({ ...urls, LOG_LEVEL: 'fatal', WATCH_JOURNAL_EVERY: '100ms' })),
  });
});

afterAll(() => harness?.stop());

const aDocument = (changes: Partial<Billed> = {}, itemMinor = 1_000): Billed => {
  const lines = [aLine({ taxCollectedBy: 'seller', amounts: amounts(itemMinor, { taxMinor: 190 }) })] as Billed['lines'];
  const orderId = changes.orderId ?? randomUUID();
  return {
    ...{ documentId: documentIdOf(orderId, 'invoice'), number: '000000001', orderId, tenant: randomUUID(), currency: 'EUR' },
    ...{ lines, tipMinor: 0, totalMinor: itemMinor + 190 },
    ...changes,
  };
};
const memoOf = (invoice: Billed, changes: Partial<Billed> = {}): Billed => ({
  ...{ ...invoice, documentId: randomUUID(), number: 'C-1' },
  ...changes,
});

const post = (...entries: JournalEntry[]) => harness.app.database.transaction((tx) => insertEntries(tx, entries));
const cancel = (...ids: string[]) =>
  harness.app.database.transaction((tx) =>
    insertCanceledEntries(
      tx,
      ids.map((id) => ({ id })),
    ),
  );
const journal = async (query: string): Promise<{ entryId: string; lines: { account: string }[] }[]> =>
  (await harness.get(`/journal?${query}`)).body.items;
const knownOrder = (id: string) =>
  harness.app.database.query(
    `insert into order_billing (id, tenant, version, status, order_number, amazon_order_id, totals_version, due_minor, invoiced_minor)
     values ($1, 'store-1', 1, 'not-needed', '1', '1', 1, 0, 0)`,
    [id],
  );

describe('the journal', () => {
  test('shows what was posted, with the accounts by name', async () => {
    const invoice = aDocument({ shop: 'eu' });
    const entry = entryOfInvoice(invoice);
    await post(entry);
    expect((await harness.get(`/journal?tenant=${invoice.tenant}`)).body).toEqual({
      items: [
        {
          ...{ entryId: entry.entryId, tenant: invoice.tenant, shop: 'eu', orderId: invoice.orderId, documentId: invoice.documentId },
          ...{ documentNumber: '000000001', kind: 'invoice', currency: 'EUR', at: expect.stringMatching(/Z$/) },
          lines: [
            { account: 'receivable-amazon', code: '1200', name: 'Receivable from Amazon', debitMinor: 1_190, creditMinor: 0 },
            { account: 'tax-payable', code: '2200', name: 'Tax payable', debitMinor: 0, creditMinor: 190 },
            { account: 'revenue-goods', code: '4000', name: 'Revenue: goods', debitMinor: 0, creditMinor: 1_000 },
          ],
        },
      ],
    });
  });

  test('is given each document once, however often it is posted', async () => {
    const invoice = aDocument();
    await post(entryOfInvoice(invoice));
    await post(entryOfInvoice(invoice), entryOfInvoice(aDocument({ tenant: invoice.tenant })));
    expect(await journal(`tenant=${invoice.tenant}`)).toHaveLength(2);
    expect(await journal(`orderId=${invoice.orderId}`)).toHaveLength(1);
  });

  test('takes a canceled invoice back once, and needs nothing taken back of what was never posted', async () => {
    const invoice = aDocument();
    await post(entryOfInvoice(invoice));
    await cancel(invoice.documentId, randomUUID());
    await cancel(invoice.documentId);
    expect((await journal(`tenant=${invoice.tenant}`)).map(({ entryId }) => entryId).toSorted()).toEqual(
      [entryIdOf(invoice.documentId, 'invoice'), entryIdOf(invoice.documentId, 'invoice-canceled')].toSorted(),
    );
    expect(
      (await harness.get(`/journal/balances?tenant=${invoice.tenant}`)).body.balances.map((b: { balanceMinor: number }) => b.balanceMinor),
    ).toEqual([0, 0, 0]);
  });

  test('is paged, newest first, also where many have the same moment', async () => {
    const tenant = randomUUID();
    const at = (n: number) => new Date(Date.UTC(2026, 0, 1 + Math.floor(n / 3))).toISOString();
    const entries = Array.from({ length: 10 }, (_, n) => entryOfInvoice(aDocument({ tenant, at: at(n) })));
    await post(...entries);
    const seen: { entryId: string; at: string }[] = [];
    for (let path: string | undefined = `/journal?tenant=${tenant}&limit=3`; path; ) {
      const { body } = await harness.get(path);
      seen.push(...body.items);
      path = body.nextCursor && `/journal?tenant=${tenant}&limit=3&cursor=${body.nextCursor}`;
    }
    expect(seen.map(({ entryId }) => entryId).toSorted()).toEqual(entries.map(({ entryId }) => entryId).toSorted());
    expect(seen.map((entry) => entry.at)).toEqual(
      seen
        .map((entry) => entry.at)
        .toSorted()
        .toReversed(),
    );
  });

  test('is filtered by order, account and period', async () => {
    const tenant = randomUUID();
    const invoice = aDocument({ tenant, at: '2026-01-31T23:59:59.999Z' });
    await post(entryOfInvoice(invoice), entryOfCreditMemo(memoOf(invoice, { at: '2026-02-01T00:00:00.000Z' })));
    const kinds = async (query: string) =>
      (await harness.get(`/journal?tenant=${tenant}&${query}`)).body.items.map(({ kind }: { kind: string }) => kind);
    expect(await kinds(`orderId=${invoice.orderId}`)).toEqual(['credit-memo', 'invoice']);
    expect(await kinds('account=refunds-goods')).toEqual(['credit-memo']);
    expect(await kinds('account=tax-payable')).toEqual(['credit-memo', 'invoice']);
    expect(await kinds('account=tips')).toEqual([]);
    expect(await kinds('from=2026-02-01T00:00:00Z')).toEqual(['credit-memo']);
    expect(await kinds('to=2026-02-01T00:00:00Z')).toEqual(['invoice']);
  });

  test.each([
    ['/journal?account=cash', 'account'],
    ['/journal?from=yesterday', 'from'],
    ['/journal?cursor=abc', 'cursor'],
    ['/journal/balances?currency=EUR', 'currency'],
    ['/journal/export.csv?bom=perhaps', 'bom'],
    ['/orders/7/books', 'orderId'],
  ])('%s is refused and names %s', async (path, field) => {
    expect(await harness.get(path)).toMatchObject({ status: 400, body: { errors: [{ field }] } });
  });
});

describe('balances', () => {
  test('are as much debit as credit, each currency by itself', async () => {
    const tenant = randomUUID();
    const euro = aDocument({ tenant });
    await post(entryOfInvoice(euro), entryOfInvoice(aDocument({ tenant, currency: 'JPY' }, 5_000)), entryOfCreditMemo(memoOf(euro)));
    const { body } = await harness.get(`/journal/balances?tenant=${tenant}`);
    expect(body.totals).toEqual([
      { currency: 'EUR', debitMinor: 2_380, creditMinor: 2_380 },
      { currency: 'JPY', debitMinor: 5_190, creditMinor: 5_190 },
    ]);
    expect(body.balances.map(({ currency, code, balanceMinor }: Record<string, unknown>) => [currency, code, balanceMinor])).toEqual([
      ['EUR', '1200', 0],
      ['EUR', '2200', 0],
      ['EUR', '4000', 1_000],
      ['EUR', '4200', 1_000],
      ['JPY', '1200', 5_190],
      ['JPY', '2200', 190],
      ['JPY', '4000', 5_000],
    ]);
  });

  test('of an order say what is left to be received for it', async () => {
    const invoice = aDocument();
    await knownOrder(invoice.orderId);
    expect((await harness.get(`/orders/${invoice.orderId}/books`)).body).toMatchObject({ entries: [], balances: [], receivable: [] });
    const part = { lines: [aLine({ taxCollectedBy: 'seller', amounts: amounts(300) })] as Billed['lines'], totalMinor: 300 };
    await post(entryOfInvoice(invoice));
    await post(entryOfCreditMemo(memoOf(invoice, part)));
    const { body } = await harness.get(`/orders/${invoice.orderId}/books`);
    expect(body.entries.map(({ kind }: { kind: string }) => kind)).toEqual(['invoice', 'credit-memo']);
    expect(body.receivable).toEqual([{ currency: 'EUR', minor: 890 }]);
    expect(await harness.get(`/orders/${randomUUID()}/books`)).toMatchObject({ status: 404, body: { code: 'billing.order-unknown' } });
  });
});

describe('a file of the journal', () => {
  test('has a row for each line, oldest first, amounts as decimals of their currency, and no formula', async () => {
    const tenant = `=${randomUUID()}`;
    const [dinar, yen] = [
      aDocument({ tenant, currency: 'KWD', number: '-1+2', at: '2026-03-01T00:00:00.000Z', shop: 'a "b", c' }),
      aDocument({ tenant, currency: 'JPY', at: '2026-03-02T00:00:00.000Z' }),
    ];
    await post(entryOfInvoice(yen), entryOfInvoice(dinar));
    const { body } = await harness.get(
      `/journal/export.csv?tenant=${encodeURIComponent(tenant)}&from=2026-03-01T00:00:00Z&to=2026-03-03T00:00:00Z`,
    );
    const of = ({ orderId, documentId }: Billed, at: string, number: string, shop: string) =>
      `${at},${entryIdOf(documentId, 'invoice')},invoice,${number},${orderId},'${tenant},${shop}`;
    const first = of(dinar, '2026-03-01T00:00:00.000Z', "'-1+2", '"a ""b"", c"');
    const second = of(yen, '2026-03-02T00:00:00.000Z', '000000001', '');
    expect(body.split('\r\n')).toEqual([
      'At,Entry,Kind,Document,Order,Store,Shop,Account,Account name,Currency,Debit,Credit',
      `${first},1200,Receivable from Amazon,KWD,1.190,`,
      `${first},2200,Tax payable,KWD,,0.190`,
      `${first},4000,Revenue: goods,KWD,,1.000`,
      `${second},1200,Receivable from Amazon,JPY,1190,`,
      `${second},2200,Tax payable,JPY,,190`,
      `${second},4000,Revenue: goods,JPY,,1000`,
      '',
    ]);
  });

  test('begins with a byte order mark where it is asked to', async () => {
    const [plain, marked] = await Promise.all(
      ['false', 'true'].map(async (bom) => {
        const answer = await harness.fetch(`/journal/export.csv?tenant=nobody&bom=${bom}`);
        return Buffer.from(await answer.arrayBuffer())
          .subarray(0, 3)
          .toString('hex');
      }),
    );
    expect([plain, marked]).toEqual([Buffer.from('At,').toString('hex'), 'efbbbf']);
  });

  test('of more entries than are read at once has each of them once', async () => {
    const tenant = randomUUID();
    const ids = Array.from({ length: 4_500 }, () => entryOfInvoice(aDocument({ tenant, at: '2026-04-01T00:00:00.000Z' })));
    await post(...ids);
    const rows: string[] = (await harness.get(`/journal/export.csv?tenant=${tenant}`)).body.trimEnd().split('\r\n').slice(1);
    expect(rows).toHaveLength(3 * 4_500);
    expect(new Set(rows.map((row) => row.split(',')[1])).size).toBe(4_500);
  });
});

describe('nobody', () => {
  test('posts more debit than credit', async () => {
    const entry = entryOfInvoice(aDocument());
    const [first, ...others] = entry.lines;
    const crooked = { ...entry, lines: [{ ...first, debitMinor: 1_191 }, ...others] } as JournalEntry;
    await expect(post(crooked)).rejects.toThrow(`journal entry ${entry.entryId} does not balance`);
    expect(await journal(`orderId=${entry.orderId}`)).toEqual([]);
  });

  test('posts a line on both sides, on none, or less than nothing', async () => {
    for (const [debitMinor, creditMinor] of [
      [5, 5],
      [0, 0],
      [-5, -5],
    ]) {
      const entry = { ...entryOfInvoice(aDocument()), lines: [{ account: 'tips', debitMinor, creditMinor }] } as JournalEntry;
      await expect(post(entry)).rejects.toThrow('violates check constraint');
    }
  });

  test.each([
    'update journal_entry set tenant = tenant',
    'update journal_line set debit_minor = 0',
    'delete from journal_line',
    'delete from journal_entry',
    'truncate journal_line',
  ])('changes what was posted: %s', async (sql) => {
    await expect(harness.app.database.query(sql)).rejects.toThrow('the journal is only added to');
  });
});

const adminQueries = async (...statements: (readonly [string, unknown[]?])[]): Promise<void> => {
  const admin = new pg.Client({ connectionString: harness.adminUrl });
  await admin.connect();
  for (const [sql, parameters] of statements) await admin.query(sql, parameters);
  await admin.end();
};

describe('an order', () => {
  const books = async (orderId: string) => (await harness.get(`/orders/${orderId}/books`)).body;
  const publish = (order: Created) => harness.publish(OrderCreated, order, { aggregateId: order.orderId, aggregateVersion: 1 });

  test('is posted together with its invoice, and taken back when it is canceled', async () => {
    const order = anOrder({ lines: [aLine({ amounts: amounts(1_999, { taxMinor: 160 }) })], totals: totals(2_259, 100) });
    await publish(order);
    await eventually(async () => expect((await books(order.orderId)).receivable).toEqual([{ currency: 'EUR', minor: 2_099 }]));
    expect((await books(order.orderId)).totals).toEqual([{ currency: 'EUR', debitMinor: 2_419, creditMinor: 2_419 }]);
    await harness.publish(OrderCanceled, canceled(order), { aggregateId: order.orderId, aggregateVersion: 2 });
    await eventually(async () => expect((await books(order.orderId)).receivable).toEqual([{ currency: 'EUR', minor: 0 }]));
    const { entries, balances } = await books(order.orderId);
    expect(entries.map(({ kind, documentNumber }: Record<string, string>) => [kind, documentNumber])).toEqual([
      ['invoice', '000000001'],
      ['invoice-canceled', '000000001'],
    ]);
    for (const { balanceMinor } of balances) expect(balanceMinor).toBe(0);
  });

  test('that was invoiced before there was a journal is posted under the dates of its documents', async () => {
    const [standing, gone] = [anOrder(), anOrder()];
    for (const order of [standing, gone]) await publish(order);
    await harness.publish(OrderCanceled, canceled(gone), { aggregateId: gone.orderId, aggregateVersion: 2 });
    await eventually(async () => expect((await books(gone.orderId)).entries).toHaveLength(2));
    await eventually(async () => expect((await books(standing.orderId)).entries).toHaveLength(1));
    const before = [await books(standing.orderId), await books(gone.orderId)];
    const ids = [[standing.orderId, gone.orderId]];
    await adminQueries(
      ['alter table billing.journal_line disable trigger all'],
      ['alter table billing.journal_entry disable trigger all'],
      ['delete from billing.journal_line where entry_id in (select id from billing.journal_entry where order_id = any($1::uuid[]))', ids],
      ['delete from billing.journal_entry where order_id = any($1::uuid[])', ids],
      ['alter table billing.journal_line enable trigger all'],
      ['alter table billing.journal_entry enable trigger all'],
    );
    await eventually(async () => {
      const { body } = await harness.get(`/invoices?orderId=${gone.orderId}`);
      const [{ issuedAt, canceledAt }] = body.items;
      expect((await books(gone.orderId)).entries.map(({ at }: { at: string }) => at)).toEqual([issuedAt, canceledAt]);
      const lines = ({ entries }: { entries: { lines: unknown }[] }) => entries.map((entry) => entry.lines);
      expect([await books(standing.orderId), await books(gone.orderId)].map(lines)).toEqual(before.map(lines));
    });
  });
});

describe('the gauge of unbalanced orders', () => {
  const gauge = async () => /^journal_unbalanced\{service="billing"\} (\d+)$/m.exec((await harness.get('/metrics')).body)?.[1];

  test('is 0, and counts the orders of those who went around the guard', async () => {
    const [good, bad, worse] = [aDocument(), aDocument(), aDocument()];
    await post(...[good, bad, worse].map(entryOfInvoice));
    await eventually(async () => expect(await gauge()).toBe('0'));
    const ids = [bad, worse].map(({ documentId }) => entryIdOf(documentId, 'invoice'));
    await adminQueries(
      ['alter table billing.journal_line disable trigger all'],
      ['update billing.journal_line set credit_minor = credit_minor + 1 where n = 2 and entry_id = any($1::uuid[])', [ids]],
      ['alter table billing.journal_line enable trigger all'],
    );
    await eventually(async () => expect(await gauge()).toBe('2'));
  });
});
