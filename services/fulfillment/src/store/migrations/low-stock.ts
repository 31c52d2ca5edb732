import type { MigrationInterface, QueryRunner } from 'typeorm';

export class LowStock1764900000000 implements MigrationInterface {
  name = 'LowStock1764900000000';

  async up(runner: QueryRunner): Promise<void> {
    // Null: what counts as few is the installation's to say.
    await runner.query('alter table product add column low_stock_at int check (low_stock_at >= 0)');
    // What was said last of a product. Only products of which something was said have one.
    await runner.query(`create table stock_watch (
      sku text primary key references product,
      version int not null,
      low boolean not null) with (fillfactor = 80)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table stock_watch');
    await runner.query('alter table product drop column low_stock_at');
  }
}
