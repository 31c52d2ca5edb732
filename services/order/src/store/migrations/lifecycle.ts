import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The machine position is called `state` from now on, and `status` is the code of a label that belongs to a state.
 * The rest is what the seller's people and our own documents say about an order.
 */
export class Lifecycle1764000000000 implements MigrationInterface {
  name = 'Lifecycle1764000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create table order_status (
      code text primary key check (code ~ '^[A-Za-z][A-Za-z0-9_]{0,31}$'),
      label text not null,
      state text not null,
      is_default boolean not null,
      created_at timestamptz not null default now())`);
    // A state has one default, which orders that come into it get.
    await runner.query(`create unique index order_status_default on order_status (state) where is_default`);
    await runner.query(`insert into order_status (code, label, state, is_default) values
      ('pending', 'Pending', 'pending', true),
      ('new', 'New', 'new', true),
      ('blocked', 'Blocked', 'blocked', true),
      ('processing', 'Processing', 'processing', true),
      ('held', 'On hold', 'held', true),
      ('complete', 'Complete', 'complete', true),
      ('closed', 'Closed', 'closed', true),
      ('canceled', 'Canceled', 'canceled', true)`);

    await runner.query(`alter table orders rename column status to state`);
    await runner.query(`alter index orders_status rename to orders_state`);
    await runner.query(`alter table orders drop constraint orders_status_check, add constraint orders_state_check
      check (state in ('pending', 'new', 'blocked', 'processing', 'held', 'complete', 'closed', 'canceled'))`);
    await runner.query(`alter table orders
      add column status text,
      add column shipped_at_amazon boolean not null default false,
      add column ledger jsonb not null default '{}',
      add column parcels jsonb not null default '{}',
      add column refunds jsonb not null default '{}',
      add column admitted boolean not null default false,
      add column hold jsonb,
      add column cancellation jsonb,
      add column buyer_request text check (buyer_request in ('accepted', 'declined')),
      add column attention jsonb not null default '[]',
      add column note text,
      add column tags jsonb not null default '[]'`);
    await runner.query(`update orders set status = state, shipped_at_amazon = (state = 'complete')`);
    await runner.query(`alter table orders alter column status set not null, add check ((state = 'held') = (hold is not null))`);
    // "Is this status used?", and the orders of a custom one.
    await runner.query(`create index orders_status on orders (status, purchased_at desc, id desc)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index orders_status');
    await runner.query(`alter table orders drop column status, drop column shipped_at_amazon, drop column ledger, drop column parcels, drop column refunds,
      drop column admitted, drop column hold, drop column cancellation, drop column buyer_request, drop column attention, drop column note,
      drop column tags, drop constraint orders_state_check`);
    await runner.query(`update orders set state = case state when 'held' then 'new' else 'complete' end where state in ('held', 'closed')`);
    await runner.query('alter table orders rename column state to status');
    await runner.query('alter index orders_state rename to orders_status');
    await runner.query(`alter table orders add constraint orders_status_check
      check (status in ('pending', 'new', 'blocked', 'processing', 'complete', 'canceled'))`);
    await runner.query('drop table order_status');
  }
}
