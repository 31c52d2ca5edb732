import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Orders1730000000000 implements MigrationInterface {
  name = 'Orders1730000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create table orders (
      id uuid primary key,
      tenant text not null,
      version int not null,
      number text,
      status text not null check (status in ('pending', 'new', 'blocked', 'processing', 'complete', 'canceled')),
      amazon_order_id text not null,
      marketplace_id text not null,
      country text,
      fulfilled_by text not null check (fulfilled_by in ('merchant', 'amazon')),
      amazon_status text not null,
      amazon_version int not null,
      purchased_at timestamptz not null,
      amazon_updated_at timestamptz not null,
      ship_from timestamptz,
      ship_by timestamptz,
      service_level text,
      programs jsonb not null,
      replaces text,
      cancel_request jsonb,
      currency text,
      grand_total_minor bigint,
      tip_minor bigint,
      lines jsonb not null,
      balanced boolean not null,
      stock text not null check (stock in ('none', 'waiting', 'reserved', 'short', 'released')),
      block_reasons jsonb not null,
      stock_version int not null,
      invoice_number text,
      invoice_total_minor bigint,
      invoice_canceled boolean not null,
      invoice_version int not null,
      created_at timestamptz not null default now(),
      check ((currency is null) = (grand_total_minor is null)),
      check (number is not null or status in ('pending', 'canceled')))`);

    // The order list, newest purchase first. The id makes the place of every row unique, so that paging over equal times loses nothing.
    await runner.query(`create index orders_purchased on orders (purchased_at desc, id desc)`);
    // The list of one store, and its page of every other filter that most rows pass.
    await runner.query(`create index orders_tenant on orders (tenant, purchased_at desc, id desc)`);
    // The list of one marketplace: a small one would otherwise be looked for through all the others.
    await runner.query(`create index orders_marketplace on orders (marketplace_id, purchased_at desc, id desc)`);
    // The list of one status: what is blocked or new is a handful among many that are complete.
    await runner.query(`create index orders_status on orders (status, purchased_at desc, id desc)`);
    // minTotal, maxTotal: few orders are that large. Amounts compare only within a currency.
    await runner.query(`create index orders_total on orders (currency, grand_total_minor)`);
    // Lookup by Amazon's number; and nobody can have one Amazon order twice.
    await runner.query(`create unique index orders_amazon_number on orders (amazon_order_id, tenant)`);
    // Lookup by our number; and no number is given twice in a store.
    await runner.query(`create unique index orders_number on orders (number, tenant) where number is not null`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table orders');
  }
}
