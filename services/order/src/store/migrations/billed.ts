import { documentIdOf } from '@orderbus/kernel';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** An order has as many invoices as billing issues for it. */
export class Billed1764400000100 implements MigrationInterface {
  name = 'Billed1764400000100';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table orders add column billed jsonb not null default '{}'`);
    await this.#nameInvoices(runner);
    await runner.query(`alter table orders drop column invoice_number, drop column invoice_total_minor, drop column invoice_canceled,
      drop column invoice_version`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table orders add column invoice_number text, add column invoice_total_minor bigint,
      add column invoice_canceled boolean not null default false, add column invoice_version int not null default 0`);
    await runner.query('alter table orders drop column billed');
  }

  /** Until now there was one per order, whose id nobody kept: billing derived it from the order's. */
  async #nameInvoices(runner: QueryRunner): Promise<void> {
    for (let after: string | undefined; ; ) {
      const rows: { id: string }[] = await runner.query(
        `select id from orders where invoice_number is not null and ($1::uuid is null or id > $1) order by id limit 10000`,
        [after ?? null],
      );
      if (rows.length === 0) return;
      const ids = rows.map(({ id }) => id);
      await runner.query(
        `update orders set billed = jsonb_build_object(u.invoice_id, jsonb_build_object('kind', 'invoice', 'number', invoice_number,
           'totalMinor', invoice_total_minor, 'lines', null, 'canceled', invoice_canceled))
         from unnest($1::uuid[], $2::text[]) as u(id, invoice_id) where orders.id = u.id`,
        [ids, ids.map((id) => documentIdOf(id, 'invoice'))],
      );
      after = ids.at(-1);
    }
  }
}
