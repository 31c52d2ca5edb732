import { setTimeout as sleep } from 'node:timers/promises';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A table in use is waited for a moment at a time, so that nobody waits long behind the one who waits. */
const lockPatiently = async (runner: QueryRunner, tables: string): Promise<void> => {
  await runner.query(`set local lock_timeout = '1s'`);
  for (let attempt = 1; ; attempt++) {
    await runner.query('savepoint before_lock');
    try {
      await runner.query(`lock table ${tables} in access exclusive mode`);
      return;
    } catch (error) {
      if (attempt === 30 || (error as { code?: string }).code !== '55P03') throw error;
      await runner.query('rollback to savepoint before_lock');
      await sleep(200 + Math.random() * 300);
    }
  }
};

/** The log as it is becomes its own first part. Up to where that goes is said first, and believed of what comes from now on. */
class FirstPartOfLog1700000000007 implements MigrationInterface {
  name = 'FirstPartOfLog1700000000007';

  async up(runner: QueryRunner): Promise<void> {
    // Whoever still writes without knowing of parts has a million events to go.
    const [{ to }] = await runner.query(
      'select (ceil((coalesce(max(seq), 0) + 1000000) / 1000000.0) * 1000000 + 1)::bigint as to from event_log',
    );
    await lockPatiently(runner, 'event_log');
    await runner.query(`alter table event_log add constraint event_log_first_part check (seq >= 1 and seq < ${to}) not valid`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table event_log drop constraint event_log_first_part');
  }
}

/** A transaction of its own: it reads the whole log, and stops nobody from reading or writing meanwhile. */
class FirstPartOfLogChecked1700000000008 implements MigrationInterface {
  name = 'FirstPartOfLogChecked1700000000008';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table event_log validate constraint event_log_first_part');
  }

  async down(): Promise<void> {}
}

/** The log in parts, by position. Nothing is read or moved: what is checked above is believed. */
class LogInParts1700000000009 implements MigrationInterface {
  name = 'LogInParts1700000000009';

  async up(runner: QueryRunner): Promise<void> {
    await lockPatiently(runner, 'event_log');
    const [{ to, next }] = await runner.query(
      `select substring(pg_get_constraintdef(oid) from 'seq < (\\d+)') as to,
         (select coalesce(max(seq), 0) + 1 from event_log) as next
       from pg_constraint where conrelid = 'event_log'::regclass and conname = 'event_log_first_part'`,
    );
    await runner.query('alter table event_log rename to event_log_1');
    for (const index of ['pkey', 'aggregate', 'order']) await runner.query(`alter index event_log_${index} rename to event_log_1_${index}`);
    // A number that was given and not written is given to nobody else: the sequence goes on where the old one stands.
    const [{ given }] = await runner.query(`select nextval(pg_get_serial_sequence('event_log_1', 'seq')) as given`);
    await runner.query('alter table event_log_1 alter column seq drop identity');
    await runner.query(`create sequence event_log_position start ${Math.max(Number(given), Number(next))}`);
    await runner.query(`create table event_log (like event_log_1 including defaults) partition by range (seq)`);
    await runner.query(`alter table event_log add primary key (seq), alter column seq set default nextval('event_log_position'),
      add constraint event_log_aggregate_version_check check (aggregate_version > 0)`);
    await runner.query('alter sequence event_log_position owned by event_log.seq');
    await runner.query(`create index event_log_order on event_log ((data ->> 'orderId')) where data ->> 'orderId' <> aggregate_id::text`);
    await runner.query(`alter table event_log attach partition event_log_1 for values from (1) to (${to})`);
    await runner.query('alter table event_log_1 drop constraint event_log_first_part');
    // What no part was made for in time. Nothing is ever refused for that.
    await runner.query('create table event_log_rest partition of event_log default');
    await runner.query('create unique index event_log_rest_aggregate on event_log_rest (aggregate_id, aggregate_version)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`create table event_log_whole (like event_log including defaults including constraints)`);
    await runner.query('insert into event_log_whole select * from event_log');
    await runner.query('alter table event_log_whole alter column seq drop default');
    await runner.query('drop table event_log');
    await runner.query(`alter table event_log_whole rename to event_log`);
    await runner.query('alter table event_log add primary key (seq), alter column seq add generated always as identity');
    await runner.query(`select setval(pg_get_serial_sequence('event_log', 'seq'), coalesce(max(seq), 0) + 1, false) from event_log`);
    await runner.query('create unique index event_log_aggregate on event_log (aggregate_id, aggregate_version)');
    await runner.query(`create index event_log_order on event_log ((data ->> 'orderId')) where data ->> 'orderId' <> aggregate_id::text`);
    await runner.query(`alter table event_log add constraint event_log_first_part check (seq >= 1) not valid`);
  }
}

/** What has been seen, in a part for each week, by the message's id: it begins with a time, and its copies have the same one. */
class InboxInParts1700000000010 implements MigrationInterface {
  name = 'InboxInParts1700000000010';

  async up(runner: QueryRunner): Promise<void> {
    await lockPatiently(runner, 'inbox');
    // Ids without a time, those of weeks that have no part, and what was seen until today. It forgets row by row.
    await runner.query('alter table inbox rename to inbox_rest');
    await runner.query('alter index inbox_pkey rename to inbox_rest_pkey');
    await runner.query('alter index inbox_received_at rename to inbox_rest_received_at');
    await runner.query(`create table inbox (
      consumer text not null,
      message_id uuid not null,
      received_at timestamptz not null default now(),
      primary key (consumer, message_id)) partition by range (message_id)`);
    await runner.query('create index inbox_received_at on inbox using brin (received_at)');
    await runner.query('alter table inbox attach partition inbox_rest default');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('create table inbox_whole (like inbox including defaults)');
    await runner.query('insert into inbox_whole select * from inbox');
    await runner.query('drop table inbox');
    await runner.query('alter table inbox_whole rename to inbox');
    await runner.query('alter table inbox add primary key (consumer, message_id)');
    await runner.query('create index inbox_received_at on inbox using brin (received_at)');
  }
}

export const partsMigrations = [
  FirstPartOfLog1700000000007,
  FirstPartOfLogChecked1700000000008,
  LogInParts1700000000009,
  InboxInParts1700000000010,
];
