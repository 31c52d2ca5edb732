import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What each store has settled for its orders, and what keeps orders from going on by themselves. */
export class ImportRules1764300000000 implements MigrationInterface {
  name = 'ImportRules1764300000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create table order_settings (
      tenant text primary key,
      version int not null,
      settings jsonb not null)`);
    await runner.query(`create table sku_map (
      tenant text collate "C" not null,
      seller_sku text collate "C" not null,
      sku text not null,
      primary key (tenant, seller_sku))`);

    // Nearly all of them have a number, and are not written for this.
    await runner.query(`alter table orders
      add column cleared boolean not null default true,
      add column view_only boolean not null default false`);
    await runner.query('alter table orders alter column cleared set default false');
    await runner.query('update orders set cleared = false where number is null');
    // Those that come in when their store begins to import.
    await runner.query('create index orders_view_only on orders (tenant) where view_only');

    await runner.query(`create table blocker (
      order_id uuid primary key,
      tenant text collate "C" not null,
      since timestamptz not null default date_trunc('milliseconds', now()),
      attempts int not null default 0,
      next_try_at timestamptz not null)`);
    await runner.query(`insert into blocker (order_id, tenant, next_try_at)
      select id, tenant, now() + interval '1 minute' from orders where state = 'blocked' or hold ->> 'state' = 'blocked'`);
    // The work list, and what is due.
    await runner.query('create index blocker_since on blocker (since, order_id)');
    await runner.query('create index blocker_next_try on blocker (next_try_at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table blocker, sku_map, order_settings');
    await runner.query('alter table orders drop column cleared, drop column view_only');
  }
}
