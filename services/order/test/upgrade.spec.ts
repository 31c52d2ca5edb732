import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { documentIdOf } from '@orderbus/kernel';
import { verifyOwnAudit } from '@orderbus/outbox';
import { type Upgradable, upgradable } from '@orderbus/testkit';
import { schema } from '../src/app.ts';
import { migrations } from '../src/store/migrations/index.ts';

let service: Upgradable;
beforeAll(async () => {
  service = await upgradable(schema);
});
afterAll(() => service.drop());

test('the one invoice that an order had is among its invoices, under the id that billing gave it', async () => {
  const [billed, unbilled] = [randomUUID(), randomUUID()];
  await service.after(
    migrations.filter(({ name }) => !name.startsWith('Billed')),
    (database) =>
      database
        .query(
          `insert into orders (id, tenant, version, number, state, status, amazon_order_id, marketplace_id, fulfilled_by, amazon_status, amazon_version,
             purchased_at, amazon_updated_at, programs, lines, balanced, stock, block_reasons, stock_version, invoice_number, invoice_total_minor,
             invoice_canceled, invoice_version)
           select id, 'store-1', 1, number, 'canceled', 'canceled', coalesce(number, '0'), 'M', 'merchant', 'canceled', 1, now(), now(), '[]', '[]', true, 'none', '[]', 0,
             number, 2600, number is not null, 2
           from unnest($1::uuid[], $2::text[]) as u(id, number)`,
          [
            [billed, unbilled],
            ['000000007', null],
          ],
        )
        .then(() => undefined),
  );
  await service.after(migrations, async (database) => {
    const rows = await database.query<{ id: string; billed: object }>('select id, billed from orders');
    const invoice = { kind: 'invoice', number: '000000007', totalMinor: 2600, lines: null, canceled: true };
    expect(Object.fromEntries(rows.map((row) => [row.id, row.billed]))).toEqual({
      [billed]: { [documentIdOf(billed, 'invoice')]: invoice },
      [unbilled]: {},
    });
  });
});

test('who has seen buyers so far stays on record, in the audit log', async () => {
  const orderId = randomUUID();
  const before = await upgradable(schema);
  await before.after(
    migrations.filter(({ name }) => !name.startsWith('AccessesIntoAudit')),
    (database) =>
      database
        .query(
          `insert into buyer_access (at, action, actor, purpose, order_id, tenant, fields)
           select '2026-03-01T10:00:00Z', 'shown', 'Ada', 'invoice', $1, 'store-1', array['name', 'recipient'] from generate_series(1, 2001)`,
          [orderId],
        )
        .then(() => undefined),
  );
  await before.after(migrations, async (database) => {
    const rows = await database.query(
      `select actor, actor_name, action, subjects, tenant, reason, fields, outcome, count(*)::int as count from audit_log group by 1, 2, 3, 4, 5, 6, 7, 8`,
    );
    const moved = { actor: 'person:unknown', actor_name: 'Ada', action: 'buyer.shown', subjects: [`order:${orderId}`], tenant: 'store-1' };
    const why = { reason: 'invoice, at 2026-03-01T10:00:00Z', fields: ['name', 'recipient'], outcome: 'done' };
    expect(rows).toEqual([{ ...moved, ...why, count: 2_001 }]);
    expect(await verifyOwnAudit(database, { schema })).toMatchObject({ entries: 2_001 });
  });
  await before.drop();
});
