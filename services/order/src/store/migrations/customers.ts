import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Another number than the one it came in with, the accounts of buyers, and what is wrong with an address. */
export class Customers1764400000000 implements MigrationInterface {
  name = 'Customers1764400000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table orders
      add column former_number text,
      add column customer_id uuid,
      add column address_issues jsonb not null default '[]',
      add column deliver_from timestamptz,
      add column deliver_by timestamptz`);
    // Lookup by a number that the order no longer bears: hardly any order has one.
    await runner.query('create unique index orders_former_number on orders (former_number, tenant) where former_number is not null');
    // The orders of a customer, and how many there are.
    await runner.query('create index orders_customer on orders (customer_id) where customer_id is not null');

    await runner.query(`create table customer (
      id uuid primary key,
      scope text collate "C" not null,
      key text,
      created_at timestamptz not null default date_trunc('milliseconds', clock_timestamp()))`);
    // One account per buyer and shop. Who is forgotten has no key any more.
    await runner.query('create unique index customer_key on customer (scope, key) where key is not null');
    // The list of all, and that of a shop: newest first.
    await runner.query('create index customer_created on customer (created_at, id)');
    await runner.query('create index customer_scope on customer (scope, created_at, id)');

    await runner.query(`alter table buyer_vault
      add column customer_key text,
      add column address_issues jsonb,
      add check (purged_at is null or (customer_key is null and address_issues is null))`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table buyer_vault drop column customer_key, drop column address_issues');
    await runner.query('drop table customer');
    await runner.query(`alter table orders drop column former_number, drop column customer_id, drop column address_issues,
      drop column deliver_from, drop column deliver_by`);
  }
}
