import type { MigrationInterface, QueryRunner } from 'typeorm';

export class StockAndReservations1700000100000 implements MigrationInterface {
  name = 'StockAndReservations1700000100000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create table product (
      sku text primary key,
      title text not null,
      enabled boolean not null default true,
      manage_stock boolean not null default true)`);

    // Hot and narrow: updated by every order. No index on the counts, so that an update stays within its page.
    await runner.query(`create table stock (
      sku text primary key references product,
      on_hand int not null default 0,
      reserved int not null default 0,
      check (reserved >= 0),
      check (reserved <= on_hand)) with (fillfactor = 50)`);

    // Every change of stock, for good: the sums of a sku are its stock.
    await runner.query(`create table stock_movement (
      id bigint generated always as identity primary key,
      sku text not null,
      delta_on_hand int not null,
      delta_reserved int not null,
      reason text not null check (reason in ('reserved', 'given-back', 'shipped', 'adjusted', 'counted')),
      note text,
      order_id uuid,
      line_id text,
      at timestamptz not null default now())`);
    // GET /stock/:sku/movements, newest first.
    await runner.query(`create index stock_movement_sku on stock_movement (sku, id desc)`);

    // One per order; the id is the order's.
    await runner.query(`create table reservation (
      id uuid primary key,
      tenant text not null,
      version int not null,
      status text not null check (status in ('reserved', 'short', 'released', 'not-needed')),
      order_version int not null,
      purchased_at timestamptz not null,
      missing jsonb not null) with (fillfactor = 80)`);
    // The gauge of orders that wait for units.
    await runner.query(`create index reservation_short on reservation (purchased_at, id) where status = 'short'`);

    await runner.query(`create table reservation_line (
      order_id uuid not null references reservation,
      line_id text not null,
      position int not null,
      sku text not null,
      ordered int not null check (ordered >= 0),
      shipped int not null check (shipped >= 0),
      reserved int not null check (reserved >= 0),
      from_stock boolean not null,
      short boolean not null,
      primary key (order_id, line_id)) with (fillfactor = 80)`);
    // Who waits for this product, when units of it arrive or come free.
    await runner.query(`create index reservation_line_short on reservation_line (sku) where short`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table reservation_line, reservation, stock_movement, stock, product');
  }
}
