import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Stores1764000000000 implements MigrationInterface {
  name = 'Stores1764000000000';

  async up(runner: QueryRunner): Promise<void> {
    // cron null: the installation's default. The credentials are sealed for this row alone.
    await runner.query(`create table store (
      id text primary key,
      name text not null,
      seller_id text,
      region text not null check (region in ('na', 'eu', 'fe')),
      marketplaces jsonb not null,
      cron text,
      status text not null default 'active' check (status in ('active', 'paused')),
      non_amazon_orders text not null default 'leave-out' check (non_amazon_orders in ('leave-out', 'import')),
      start_from timestamptz not null,
      created_at timestamptz not null,
      managed_by text not null check (managed_by in ('environment', 'api')),
      sealed_credentials text not null,
      client_id_end text not null,
      authorized_at timestamptz not null,
      secret_set_at timestamptz not null)`);
    // An id names its orders for ever, also in the event log: another account must not get it.
    await runner.query('create table deleted_store (id text primary key, deleted_at timestamptz not null default clock_timestamp())');

    // Who may write to Amazon: a row per store that was ever switched, and one without a store for the whole installation.
    await runner.query(`create table read_only (
      id uuid primary key,
      tenant text not null,
      version int not null,
      store_id text,
      read_only boolean not null,
      reason text not null,
      since timestamptz not null,
      switched_by text,
      note text)`);
    await runner.query(`create view writable_store as
      select s.id from store s
      where s.status = 'active'
        and not exists (select 1 from read_only r where r.read_only and (r.store_id = s.id or r.store_id is null))`);

    // One row: what this database was when a person or the first start last said that it is the installation.
    await runner.query(`create table installation (
      single boolean primary key default true check (single),
      id uuid not null,
      fingerprint text not null,
      url text,
      confirmed_at timestamptz not null,
      confirmed_by text)`);

    // The scheduled time that a poll was made for: of several replicas, one makes it.
    await runner.query('alter table sync_cursor add column polled_for timestamptz');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table sync_cursor drop column polled_for');
    await runner.query('drop view writable_store');
    await runner.query('drop table store, deleted_store, read_only, installation');
  }
}
