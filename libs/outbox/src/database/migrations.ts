import { AppError } from '@orderbus/kernel';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { partsMigrations } from './parts-migrations.ts';

/** The tables of the library, the same in every service's schema. */
class Messaging1700000000000 implements MigrationInterface {
  name = 'Messaging1700000000000';

  async up(runner: QueryRunner): Promise<void> {
    // What has been seen. The key's second part is a time-ordered uuid: new rows go to the end of the index.
    await runner.query(`create table inbox (
      consumer text not null,
      message_id uuid not null,
      received_at timestamptz not null default now(),
      primary key (consumer, message_id))`);
    await runner.query(`create index inbox_received_at on inbox using brin (received_at)`);

    // What happened, for good. aggregate_id + version: the timeline, and the proof that nothing is missing or twice.
    await runner.query(`create table event_log (
      seq bigint generated always as identity primary key,
      id uuid not null,
      type text not null,
      version int not null,
      aggregate_id uuid not null,
      aggregate_version int not null check (aggregate_version > 0),
      tenant text not null,
      occurred_at timestamptz not null,
      recorded_at timestamptz not null default clock_timestamp(),
      correlation_id text not null,
      causation_id text,
      traceparent text,
      data json not null)`);
    await runner.query(`create unique index event_log_aggregate on event_log (aggregate_id, aggregate_version)`);

    // What still has to go out: small and hot, so it is vacuumed by count, not by share.
    await runner.query(`create table outbox (seq bigint primary key) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0,
      autovacuum_vacuum_threshold = 2000, autovacuum_vacuum_cost_delay = 0, autovacuum_vacuum_insert_scale_factor = 0)`);

    await runner.query(`create table dead_letter (
      id bigint generated always as identity primary key,
      message_id text not null unique,
      topic text not null,
      key text not null,
      reason text not null,
      error_class text,
      error_message text,
      stack text,
      attempts int not null,
      headers jsonb not null,
      payload bytea not null,
      first_seen_at timestamptz not null,
      dead_at timestamptz not null default clock_timestamp(),
      status text not null default 'open' check (status in ('open', 'redriven', 'discarded')),
      resolved_by text,
      resolution_note text)`);
    await runner.query(`create index dead_letter_open on dead_letter (id) where status = 'open'`);

    await runner.query(`create table number_series (name text primary key, next bigint not null default 1)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table inbox, event_log, outbox, dead_letter, number_series');
  }
}

/** Many things are about an order without being it: a shipment, a refund, a question to Amazon. */
class EventsByOrder1700000000001 implements MigrationInterface {
  name = 'EventsByOrder1700000000001';

  async up(runner: QueryRunner): Promise<void> {
    // GET /events/:orderId. Only those that the aggregate's own index does not find.
    await runner.query(`create index event_log_order on event_log ((data ->> 'orderId')) where data ->> 'orderId' <> aggregate_id::text`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index event_log_order');
  }
}

/** Requests that may come twice, and what they were answered. */
class IdempotencyKeys1700000000002 implements MigrationInterface {
  name = 'IdempotencyKeys1700000000002';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create table idempotency_key (
      operation text not null,
      key text not null,
      fingerprint text not null,
      claimed_until timestamptz not null,
      created_at timestamptz not null default clock_timestamp(),
      status int,
      headers jsonb,
      body text,
      primary key (operation, key))`);
    // The purge: what is oldest goes first.
    await runner.query('create index idempotency_key_age on idempotency_key (created_at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table idempotency_key');
  }
}

/** The audit log is not the service's to make: it would be the service's to change. Provisioning has put it here. */
class AuditLog1700000000003 implements MigrationInterface {
  name = 'AuditLog1700000000003';

  async up(runner: QueryRunner): Promise<void> {
    const [found] = await runner.query(`select to_regprocedure('audit_append(jsonb)') is not null as "isThere"`);
    if (!found.isThere) throw new AppError('unavailable', 'audit.not-installed', { mend: 'run setup of this version first' });
  }

  async down(): Promise<void> {}
}

/** Dead letters are told of, in piles: those of one store and event that failed for one reason. */
class DeadLetterPiles1700000000004 implements MigrationInterface {
  name = 'DeadLetterPiles1700000000004';

  async up(runner: QueryRunner): Promise<void> {
    // Few, and kept: version counts what was told of a pile. told: how many letters the last word was about, 0 when none waits any more.
    await runner.query(`create table dead_letter_pile (
      id uuid primary key default gen_random_uuid(),
      tenant text not null,
      topic text not null,
      reason text not null,
      error_class text not null,
      version int not null default 0,
      told int not null default 0,
      told_at timestamptz,
      unique (tenant, topic, reason, error_class))`);
    await runner.query('alter table dead_letter add column pile uuid references dead_letter_pile, add column order_id uuid');
    // How many of a pile wait, and which are the oldest.
    await runner.query(`create index dead_letter_open_of_pile on dead_letter (pile, id) where status = 'open'`);

    // Those that wait already are told of, too.
    await runner.query(`with waiting as (
        select id, case when topic ~ '^[a-z][a-z0-9_.]{0,99}[.]v[0-9]{1,3}$' then topic else 'unknown' end as topic,
          coalesce(substring(reason from '^([a-z][a-z0-9.-]{0,79})(?::|$)'), 'unknown') as reason,
          case when error_class is null then '' else coalesce(substring(error_class from '^[A-Z][A-Za-z0-9]{0,59}$'), 'unknown') end as error_class
        from dead_letter where status = 'open'),
      piles as (
        insert into dead_letter_pile (tenant, topic, reason, error_class) select distinct '*', topic, reason, error_class from waiting returning *)
      update dead_letter d set pile = p.id from waiting w join piles p using (topic, reason, error_class) where d.id = w.id`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table dead_letter drop column pile, drop column order_id');
    await runner.query('drop table dead_letter_pile');
  }
}

/** Which systems are out of reach, as the running instances of the service see it. */
class Circuits1700000000005 implements MigrationInterface {
  name = 'Circuits1700000000005';

  async up(runner: QueryRunner): Promise<void> {
    // What was told of each system that was ever out of reach; version counts it.
    await runner.query(`create table called_system (
      system text primary key,
      id uuid not null unique default gen_random_uuid(),
      tenant text not null,
      version int not null default 0,
      told boolean not null default false)`);
    // Only circuits that are not closed: as a rule, none.
    await runner.query(`create table disturbed_circuit (
      system text not null references called_system,
      name text not null,
      instance uuid not null,
      is_open boolean not null,
      since timestamptz not null,
      seen_at timestamptz not null,
      primary key (system, name, instance))`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table disturbed_circuit, called_system');
  }
}

/** The keys that something in this schema may be sealed with. */
class SealingKeys1700000000006 implements MigrationInterface {
  name = 'SealingKeys1700000000006';

  async up(runner: QueryRunner): Promise<void> {
    // seals_at: when an instance last said that it seals with this key.
    await runner.query('create table sealing_key (key_id text primary key, seals_at timestamptz) with (fillfactor = 50)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table sealing_key');
  }
}

export const migrations = [
  Messaging1700000000000,
  EventsByOrder1700000000001,
  IdempotencyKeys1700000000002,
  AuditLog1700000000003,
  DeadLetterPiles1700000000004,
  Circuits1700000000005,
  SealingKeys1700000000006,
  ...partsMigrations,
];
