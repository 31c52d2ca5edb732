import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Contacts1764800000000 implements MigrationInterface {
  name = 'Contacts1764800000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table amazon_command
      drop constraint amazon_command_kind_check,
      add constraint amazon_command_kind_check check (kind in ('shipment', 'pickup', 'cancellation', 'refund', 'invoice', 'contact'))`);
    // What is said to buyers, sealed: the ledger keeps that it was said, this is forgotten.
    await runner.query(`create table contact_letter (
      id uuid primary key,
      tenant text not null,
      order_id uuid not null,
      sealed_letter text not null,
      written_at timestamptz not null)`);
    await runner.query(`create table contact_attachment (
      id uuid primary key,
      tenant text not null,
      order_id uuid not null,
      media_type text not null,
      bytes int not null check (bytes > 0),
      sealed_file text not null,
      uploaded_at timestamptz not null)`);
    // What goes with its buyer, and what has been kept long enough.
    await runner.query('create index contact_letter_order on contact_letter (order_id)');
    await runner.query('create index contact_letter_written on contact_letter (written_at)');
    await runner.query('create index contact_attachment_order on contact_attachment (order_id)');
    await runner.query('create index contact_attachment_uploaded on contact_attachment (uploaded_at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table contact_letter, contact_attachment');
    await runner.query(`alter table amazon_command
      drop constraint amazon_command_kind_check,
      add constraint amazon_command_kind_check check (kind in ('shipment', 'pickup', 'cancellation', 'refund', 'invoice')) not valid`);
  }
}
