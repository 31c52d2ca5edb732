import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Orders1763800000000 implements MigrationInterface {
  name = 'Orders1763800000000';

  async up(runner: QueryRunner): Promise<void> {
    // No buyer data in clear, and no raw answer: what was published is in the event log.
    await runner.query(`create table amazon_order (
      id uuid primary key,
      tenant text not null,
      version int not null,
      amazon_order_id text not null,
      marketplace_id text not null,
      fulfilled_by text not null,
      status text not null,
      amazon_updated_at timestamptz not null,
      content_hash text not null,
      sealed_buyer text,
      imported_at timestamptz not null,
      changed_at timestamptz not null) with (fillfactor = 80)`);
    // GET /amazon-orders: newest change first, and the keyset position.
    await runner.query(`create index amazon_order_newest on amazon_order (amazon_updated_at desc, id desc)`);
    // GET /amazon-orders?status=: the same, also for a status that few orders have.
    await runner.query(`create index amazon_order_status on amazon_order (status, amazon_updated_at desc, id desc)`);
    // GET /amazon-orders?amazonOrderId=
    await runner.query(`create index amazon_order_number on amazon_order (amazon_order_id)`);

    await runner.query(`create table unreadable_order (
      id uuid primary key,
      tenant text not null,
      version int not null,
      amazon_order_id text,
      content_hash text not null,
      sealed_raw text not null,
      problems jsonb not null,
      first_seen_at timestamptz not null,
      changed_at timestamptz not null,
      resolved_at timestamptz)`);
    // GET /unreadable-orders: those that still cannot be read, newest first.
    await runner.query(`create index unreadable_order_open on unreadable_order (changed_at desc, id desc) where resolved_at is null`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table amazon_order, unreadable_order');
  }
}
