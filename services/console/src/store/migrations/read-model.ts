import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Everything here follows from the events of all services, and can be built from them anew. */
export class ReadModel1765200000000 implements MigrationInterface {
  name = 'ReadModel1765200000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create table timeline_entry (
      id uuid primary key,
      service text not null,
      type text not null,
      version int not null,
      aggregate_id uuid not null,
      aggregate_version int not null,
      tenant text not null,
      order_id uuid,
      occurred_at timestamptz not null,
      recorded_at timestamptz not null,
      correlation_id text not null,
      causation_id text,
      person text,
      data json not null)`);
    // The timeline of an order.
    await runner.query('create index timeline_entry_order on timeline_entry (order_id, recorded_at) where order_id is not null');

    await runner.query(`create table order_facts (
      order_id uuid primary key,
      tenant text not null,
      amazon_version int not null,
      canceled_at_amazon boolean not null,
      created boolean not null,
      amazon_order_id text,
      marketplace_id text,
      time_zone text,
      purchased_at timestamptz,
      number text,
      number_version int not null,
      beneath text,
      beneath_version int not null,
      held_version int not null,
      free_version int not null,
      currency text,
      total_minor bigint,
      units int not null,
      ship_by timestamptz,
      content_version int not null) with (fillfactor = 80)`);
    // The most recent orders, of all stores and of one.
    await runner.query('create index order_facts_recent on order_facts (purchased_at desc, order_id) where created');
    await runner.query('create index order_facts_recent_of_store on order_facts (tenant, purchased_at desc, order_id) where created');

    // Kept in step with order_facts: what is added and taken away in one transaction.
    await runner.query(`create table day_sales (
      tenant text not null,
      marketplace_id text not null,
      time_zone text not null,
      day date not null,
      currency text not null,
      orders int not null,
      units int not null,
      revenue_minor bigint not null,
      primary key (tenant, marketplace_id, time_zone, day, currency)) with (fillfactor = 50)`);
    await runner.query(`create table state_count (
      tenant text not null,
      state text not null,
      orders int not null,
      primary key (tenant, state)) with (fillfactor = 50)`);

    // memory: what was said about it, as far as it may still matter when something comes late. The rest follows from it.
    await runner.query(`create table need (
      kind text not null,
      subject text not null,
      tenant text not null,
      memory jsonb not null,
      order_id uuid,
      since timestamptz,
      facts jsonb,
      shown_until timestamptz,
      resolved_at timestamptz,
      primary key (kind, subject)) with (fillfactor = 80)`);
    await runner.query('create index need_open on need (since desc, kind, subject) where since is not null and resolved_at is null');
    await runner.query('create index need_resolved on need (since desc, kind, subject) where resolved_at is not null');
    await runner.query('create index need_order on need (order_id) where order_id is not null');

    // How far a rebuild has come, by the log that it reads.
    await runner.query(`create table rebuild_part (service text primary key, up_to bigint not null default 0, last bigint not null default 0,
      done boolean not null default false)`);
    await runner.query('create table store_activity (tenant text primary key, last_event_at timestamptz not null) with (fillfactor = 50)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table timeline_entry, order_facts, day_sales, state_count, need, store_activity, rebuild_part');
  }
}
