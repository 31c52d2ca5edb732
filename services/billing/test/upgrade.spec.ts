import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Upgradable, upgradable } from '@orderbus/testkit';
import { schema } from '../src/app.ts';
import { findBilling } from '../src/store/billing-queries.ts';
import { migrations } from '../src/store/migrations/index.ts';
import { aLine } from './orders.ts';

let service: Upgradable;
beforeAll(async () => {
  service = await upgradable(schema);
});
afterAll(() => service.drop());

test('an order that was invoiced before can be given back, and its store counts on', async () => {
  const [orderId, invoiceId] = [randomUUID(), randomUUID()];
  const { quantityShipped: _, ...line } = aLine({ quantity: 2 });
  await service.after(migrations.slice(0, 1), async (database) => {
    await database.query(
      `insert into order_billing (id, tenant, version, status, order_number, amazon_order_id, totals_version, currency, due_minor, invoice_id,
         invoice_number, invoiced_minor) values ($1, 'store-1', 1, 'invoiced', '12', '114', 1, 'EUR', 1999, $2, '000000007', 1999)`,
      [orderId, invoiceId],
    );
    await database.query(
      `insert into invoice (id, tenant, number, order_id, order_number, amazon_order_id, currency, total_minor, tip_minor, lines, issued_at)
       values ($1, 'store-1', '000000007', $2, '12', '114', 'EUR', 1999, 0, $3, now())`,
      [invoiceId, orderId, JSON.stringify([line])],
    );
  });
  await service.after(migrations, async (database) => {
    expect(await findBilling(database, orderId)).toMatchObject({
      ...{ status: 'invoiced', invoicedMinor: 1_999, shop: null, memos: [], refusedRefunds: 0 },
      lines: [{ ...line, ordered: 2 }],
      invoices: [{ id: invoiceId, number: '000000007', status: 'issued', totalMinor: 1_999, tipMinor: 0, lines: [line] }],
    });
    expect(await database.query('select series, shop from invoice')).toEqual([{ series: 'invoice:store-1', shop: null }]);
  });
});
