import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Commands1764000300000 implements MigrationInterface {
  name = 'Commands1764000300000';

  async up(runner: QueryRunner): Promise<void> {
    // Every write to Amazon that somebody asked for. Rows are never deleted: they say what was sent, how often, and what came of it.
    await runner.query(`create table amazon_command (
      id uuid primary key,
      tenant text not null,
      version int not null,
      kind text not null check (kind in ('shipment', 'pickup', 'cancellation', 'refund')),
      natural_key text not null,
      subject text not null,
      turn int not null check (turn > 0),
      order_id uuid not null,
      amazon_order_id text not null,
      marketplace_id text not null,
      state text not null check (state in ('pending', 'sending', 'unknown', 'done', 'failed')),
      request jsonb not null,
      obstacle jsonb,
      attempts int not null,
      read_backs int not null,
      next_attempt_at timestamptz,
      sending_since timestamptz,
      requested_at timestamptz not null,
      deadline timestamptz not null,
      uncertain_at timestamptz,
      settled_at timestamptz,
      answer jsonb,
      read_back jsonb,
      decision jsonb,
      feed_id uuid,
      message_id int,
      cause jsonb not null,
      unique (tenant, kind, natural_key),
      unique (tenant, subject, turn)) with (fillfactor = 80)`);
    // Who is next: per store, the one that is due first.
    await runner.query(
      `create index amazon_command_pending on amazon_command (tenant, next_attempt_at) include (kind) where state = 'pending'`,
    );
    // Whoever has the same subject waits behind these; and what has to be read back, or has been under way for too long.
    await runner.query(
      `create index amazon_command_open on amazon_command (tenant, subject, turn) where state in ('pending', 'sending', 'unknown')`,
    );
    await runner.query(
      `create index amazon_command_uncertain on amazon_command (state, next_attempt_at) where state in ('sending', 'unknown')`,
    );
    await runner.query(
      `create index amazon_command_overdue on amazon_command (deadline) where state in ('pending', 'sending', 'unknown') and uncertain_at is null`,
    );
    // Everything about an order: the checks, and GET /commands?orderId=
    await runner.query(`create index amazon_command_order on amazon_command (order_id)`);
    // GET /commands: newest first, and the keyset position; and the same for a feed and for a state that few have.
    await runner.query(`create index amazon_command_newest on amazon_command (requested_at desc, id desc)`);
    await runner.query(`create index amazon_command_state on amazon_command (state, requested_at desc, id desc)`);
    await runner.query(`create index amazon_command_feed on amazon_command (feed_id, message_id) where feed_id is not null`);

    // A parcel's number within its order, fixed for ever: Amazon takes a known number for an edit.
    await runner.query(`create table package_reference (
      order_id uuid not null,
      shipment_id uuid not null,
      reference int not null check (reference > 0),
      primary key (order_id, shipment_id),
      unique (order_id, reference))`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table amazon_command, package_reference');
  }
}
