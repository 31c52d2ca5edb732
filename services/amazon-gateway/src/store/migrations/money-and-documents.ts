import type { MigrationInterface, QueryRunner } from 'typeorm';
import { unfinishedStates } from '../../domain/feed-lifecycle.ts';

const unfinished = `state in (${unfinishedStates.map((state) => `'${state}'`).join()})`;

export class MoneyAndDocuments1764400000000 implements MigrationInterface {
  name = 'MoneyAndDocuments1764400000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table amazon_command
      drop constraint amazon_command_kind_check,
      add constraint amazon_command_kind_check check (kind in ('shipment', 'pickup', 'cancellation', 'refund', 'invoice')),
      add column submitted_at timestamptz,
      add column booking_looks int not null default 0,
      add column booking_look_at timestamptz,
      add column booking jsonb`);
    // Refunds that were paid before anybody looked into Amazon's books.
    await runner.query(`update amazon_command set booking_look_at = now()
      where kind = 'refund' and (state = 'unknown' or (state = 'done' and settled_at > now() - interval '14 days'))`);
    // Which refunds are to be looked for in Amazon's books, oldest first.
    await runner.query(
      `create index amazon_command_unbooked on amazon_command (booking_look_at, requested_at) where booking_look_at is not null`,
    );
    // One transaction settles one refund, whoever looks.
    await runner.query(
      `create unique index amazon_command_booking on amazon_command (tenant, (booking ->> 'transactionId')) where booking is not null`,
    );

    // A document is a feed of its own: many may be at Amazon, but one at a time is handed in, so that a lost one can be told from the others.
    await runner.query('drop index amazon_feed_single');
    await runner.query(`create unique index amazon_feed_single on amazon_feed (tenant, type)
      where ${unfinished} and not (type = 'UPLOAD_VAT_INVOICE' and state = 'processing')`);

    // Parcels that are none any more: Amazon is not told of them.
    await runner.query(`create table voided_shipment (
      shipment_id uuid primary key,
      tenant text not null,
      order_id uuid not null,
      revision int not null check (revision > 0),
      voided_at timestamptz not null)`);
    // Everything about an order: the checks.
    await runner.query('create index voided_shipment_order on voided_shipment (order_id)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table voided_shipment');
    await runner.query('drop index amazon_feed_single');
    await runner.query(`create unique index amazon_feed_single on amazon_feed (tenant, type) where ${unfinished}`);
    await runner.query('drop index amazon_command_booking, amazon_command_unbooked');
    await runner.query(`alter table amazon_command
      drop column submitted_at, drop column booking_looks, drop column booking_look_at, drop column booking,
      drop constraint amazon_command_kind_check,
      add constraint amazon_command_kind_check check (kind in ('shipment', 'pickup', 'cancellation', 'refund')) not valid`);
  }
}
