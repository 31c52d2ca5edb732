import type { MigrationInterface, QueryRunner } from 'typeorm';
import { FailureInOtherWords1765300000000 } from './failure-in-other-words.ts';
import { Rules1764700000000 } from './rules.ts';
import { WordsWhenRead1764600000000 } from './words-when-read.ts';

class Alerts1763800000000 implements MigrationInterface {
  name = 'Alerts1763800000000';

  async up(runner: QueryRunner): Promise<void> {
    // What was told about an order, in full: its alerts are derived from it. The row is the lock that decides about them.
    await runner.query(`create table watch (
      id uuid primary key,
      tenant text not null,
      notices jsonb not null)`);

    // For reading. The id is that of the event by which it was first told: one event never makes two alerts.
    await runner.query(`create table alert (
      id uuid primary key,
      tenant text not null,
      order_id uuid not null references watch,
      kind text not null,
      severity text not null check (severity in ('info', 'attention')),
      status text not null check (status in ('open', 'resolved', 'info')),
      title text not null,
      text text not null,
      data jsonb not null,
      raised_at timestamptz not null,
      resolved_at timestamptz,
      resolved_by text check (resolved_by in ('order', 'person')),
      check ((status = 'resolved') = (resolved_at is not null)))`);
    // The list, newest first, and its filters: the kinds are few, and new orders outnumber all others by far.
    await runner.query(`create index alert_newest on alert (raised_at desc, id desc)`);
    await runner.query(`create index alert_newest_of_kind on alert (kind, raised_at desc, id desc)`);
    await runner.query(`create index alert_open on alert (raised_at desc, id desc) where status = 'open'`);
    // The alerts of one order.
    await runner.query(`create index alert_order on alert (order_id, raised_at desc, id desc)`);

    // A mail that is to be sent, and what became of it. Small against alert: only kinds that are mailed have rows.
    await runner.query(`create table delivery (
      id uuid primary key default gen_random_uuid(),
      alert_id uuid not null references alert,
      recipient text not null,
      state text not null default 'pending' check (state in ('pending', 'sending', 'sent', 'failed')),
      attempts int not null default 0,
      next_attempt_at timestamptz not null default now(),
      sent_at timestamptz,
      last_error text,
      answer text,
      created_at timestamptz not null default now(),
      unique (alert_id, recipient))`);
    // The sender's question: what is due. A row that is being sent is due again when its sender has died.
    await runner.query(`create index delivery_due on delivery (next_attempt_at) where state in ('pending', 'sending')`);
    // How many wait and how many were given up, for the metrics: sent ones, which are almost all, are not in it.
    await runner.query(`create index delivery_unsent on delivery (state) where state <> 'sent'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table delivery, alert, watch');
  }
}

/** Stores, feeds and gaps are watched as orders are, and each watch has its alerts. */
class AlertsBesideOrders1764000000000 implements MigrationInterface {
  name = 'AlertsBesideOrders1764000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table alert add column watch_id uuid references watch`);
    await runner.query(`update alert set watch_id = order_id`);
    await runner.query(`alter table alert alter column watch_id set not null, alter column order_id drop not null,
      drop constraint alert_order_id_fkey, drop constraint alert_resolved_by_check,
      add constraint alert_resolved_by_check check (resolved_by in ('order', 'gateway', 'person'))`);
    // What could not be read is no order yet.
    await runner.query(`update alert set order_id = null where kind = 'order-unreadable'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`delete from delivery using alert a where a.id = alert_id and a.order_id is null and a.kind <> 'order-unreadable'`);
    await runner.query(`delete from alert where order_id is null and kind <> 'order-unreadable'`);
    await runner.query(
      `update alert set order_id = watch_id, resolved_by = case resolved_by when 'gateway' then 'order' else resolved_by end`,
    );
    await runner.query(`alter table alert drop column watch_id, alter column order_id set not null,
      add constraint alert_order_id_fkey foreign key (order_id) references watch, drop constraint alert_resolved_by_check,
      add constraint alert_resolved_by_check check (resolved_by in ('order', 'person'))`);
  }
}

/** What any service tells of itself, its shelves or its letters, is taken back by it. */
class AlertsOfServices1764500000000 implements MigrationInterface {
  name = 'AlertsOfServices1764500000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table alert drop constraint alert_resolved_by_check,
      add constraint alert_resolved_by_check check (resolved_by in ('order', 'gateway', 'service', 'person'))`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`update alert set resolved_by = 'gateway' where resolved_by = 'service'`);
    await runner.query(`alter table alert drop constraint alert_resolved_by_check,
      add constraint alert_resolved_by_check check (resolved_by in ('order', 'gateway', 'person'))`);
  }
}

/** Where in a trace an alert was raised: the messages that tell of it link to that. */
class PlaceInTrace1764700000001 implements MigrationInterface {
  name = 'PlaceInTrace1764700000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table delivery_alert add column traceparent text');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table delivery_alert drop column traceparent');
  }
}

/** In the order of their names, which is the order in which they run. */
export const migrations = [
  Alerts1763800000000,
  AlertsBesideOrders1764000000000,
  AlertsOfServices1764500000000,
  WordsWhenRead1764600000000,
  Rules1764700000000,
  PlaceInTrace1764700000001,
  FailureInOtherWords1765300000000,
];
