import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { OrderCreated } from '@orderbus/contracts';
import { eventually, type Harness, serviceHarness } from '@orderbus/testkit';
import pg from 'pg';
import { BillingConfig, buildBillingApp, schema } from '../src/app.ts';
import { anOrder, message } from './orders.ts';

let harness: Harness<ReturnType<typeof buildBillingApp>>;

beforeAll(async () => {
  harness = await serviceHarness({
    schema,
    build: (urls) => buildBillingApp(BillingConfig.parse({ ...urls, LOG_LEVEL: 'fatal', BATCH_SIZE: '20', RETRY_DELAYS: '100ms,300ms' })),
  });
  await harness.another();
});

afterAll(() => harness?.stop());

const numbersOf = (tenant: string) =>
  harness.app.database.query<{ number: string; issuedAt: string }>(
    `select number, issued_at::text as "issuedAt" from invoice where tenant = $1 order by number`,
    [tenant],
  );
const upTo = (last: number): string[] => Array.from({ length: last }, (_, n) => String(n + 1).padStart(9, '0'));

describe('two instances on one database', () => {
  test('number the invoices of 500 orders from 1 to 500, for each tenant, without a gap or a double', async () => {
    const orders = Array.from({ length: 1_000 }, (_, n) => message(OrderCreated, anOrder(), 1, n % 2 === 0 ? 'store-1' : 'store-2'));
    await harness.publishAll(orders);
    await eventually(async () => {
      expect(await numbersOf('store-1')).toHaveLength(500);
      expect(await numbersOf('store-2')).toHaveLength(500);
    });
    for (const tenant of ['store-1', 'store-2']) {
      const invoices = await numbersOf(tenant);
      expect(invoices.map(({ number }) => number)).toEqual(upTo(500));
      const dates = invoices.map(({ issuedAt }) => issuedAt);
      expect(dates).toEqual(dates.toSorted());
    }
    const crooked = await harness.app.database.query(
      `select number from invoice where total_minor <> tip_minor + (select sum((line -> 'amounts' ->> 'totalMinor')::bigint) from jsonb_array_elements(lines) line)`,
    );
    expect(crooked).toEqual([]);
  });

  test('leave no gap where an invoice could not be written', async () => {
    const admin = new pg.Client({ connectionString: harness.adminUrl });
    await admin.connect();
    await admin.query(`alter table billing.invoice add constraint no_poison check (order_number <> 'POISON')`);
    await admin.end();
    const orders = Array.from({ length: 120 }, (_, n) =>
      message(OrderCreated, anOrder(n % 40 === 7 ? { number: 'POISON' } : {}), 1, 'store-3'),
    );
    await harness.publishAll(orders);
    await eventually(async () => expect((await harness.get('/dead-letters')).body.items).toHaveLength(3));
    await eventually(async () => expect(await numbersOf('store-3')).toHaveLength(117));
    expect((await numbersOf('store-3')).map(({ number }) => number)).toEqual(upTo(117));
  });
});
