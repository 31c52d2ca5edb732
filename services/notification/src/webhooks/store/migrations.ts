import type { MigrationInterface, QueryRunner } from 'typeorm';

class Webhooks1764500000000 implements MigrationInterface {
  name = 'Webhooks1764500000000';

  async up(runner: QueryRunner): Promise<void> {
    // What integrators may be told, as they are told it, in the order in which it was heard.
    await runner.query(`create table heard_event (
      seq bigint generated always as identity primary key,
      id uuid not null unique,
      topic text not null,
      tenant text not null,
      heard_at timestamptz not null,
      body text not null)`);
    // The purge, and replays of a time.
    await runner.query('create index heard_event_heard_at on heard_event (heard_at)');

    await runner.query(`create table webhook (
      id uuid primary key,
      description text not null,
      topics text[] not null,
      likes text[] not null,
      tenants text[],
      sealed text not null,
      shown_url text not null,
      state text not null check (state in ('enabled', 'paused', 'disabled')),
      state_reason text check (state_reason in ('failing', 'gone', 'person')),
      state_since timestamptz not null,
      failures int not null default 0,
      failing_since timestamptz,
      rest_until timestamptz,
      told int not null default 0,
      created_at timestamptz not null)`);

    await runner.query(`create table webhook_replay (
      id uuid primary key,
      webhook_id uuid not null references webhook on delete cascade,
      from_at timestamptz,
      until_at timestamptz,
      event_ids uuid[],
      total int not null,
      queued int not null default 0,
      position bigint not null,
      last bigint not null,
      requested_by text not null,
      requested_at timestamptz not null,
      done_at timestamptz)`);
    await runner.query('create index webhook_replay_newest on webhook_replay (webhook_id, requested_at desc, id desc)');
    await runner.query('create index webhook_replay_open on webhook_replay (requested_at) where done_at is null');

    // One event for one webhook. Its attempts are in the log, the last twenty of them.
    await runner.query(`create table webhook_delivery (
      webhook_id uuid not null references webhook on delete cascade,
      event_seq bigint not null,
      state text not null default 'pending' check (state in ('pending', 'sending', 'delivered', 'failed')),
      attempts int not null default 0,
      next_attempt_at timestamptz not null,
      delivered_at timestamptz,
      replay_id uuid,
      log jsonb not null default '[]',
      primary key (webhook_id, event_seq))`);
    // The sender's question: what is due. A row that is being sent is due again when its sender has died.
    await runner.query(`create index webhook_delivery_due on webhook_delivery (webhook_id, next_attempt_at, event_seq)
      where state in ('pending', 'sending')`);
    await runner.query(`create index webhook_delivery_failed on webhook_delivery (webhook_id, event_seq) where state = 'failed'`);
    // The purge, which goes by event, and how far a replay has come.
    await runner.query('create index webhook_delivery_event on webhook_delivery (event_seq)');
    await runner.query('create index webhook_delivery_replay on webhook_delivery (replay_id) where replay_id is not null');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table webhook_delivery, webhook_replay, webhook, heard_event');
  }
}

/** Where in a trace an event was heard: its calls are a part of what has led to it. */
class PlaceInTrace1764800000000 implements MigrationInterface {
  name = 'PlaceInTrace1764800000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table heard_event add column traceparent text');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table heard_event drop column traceparent');
  }
}

export const webhookMigrations = [Webhooks1764500000000, PlaceInTrace1764800000000];
