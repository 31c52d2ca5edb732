import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Sweeps1764000200000 implements MigrationInterface {
  name = 'Sweeps1764000200000';

  async up(runner: QueryRunner): Promise<void> {
    // Null in rows of an earlier version, until the order is seen again.
    await runner.query('alter table amazon_order add column facts jsonb');

    // What Amazon refuses to show for the time being, and how far the rest has been read meanwhile.
    await runner.query(`alter table sync_cursor
      add column refused_datasets text[] not null default '{}',
      add column degraded_since timestamptz,
      add column degraded_until timestamptz,
      add column all_tried_at timestamptz,
      add column failing_since timestamptz`);

    // A store that was out of step at least once. Its events are numbered here.
    await runner.query(`create table sync_health (
      id uuid primary key,
      tenant text not null,
      version int not null,
      stalled_since timestamptz,
      code text)`);

    // Reading a range of creation times once more: to find gaps, or what is older than the store's start. "at" is the window under way.
    await runner.query(`create table sweep (
      id uuid primary key,
      store_id text not null,
      kind text not null check (kind in ('gap', 'backfill')),
      asked text not null,
      from_at timestamptz not null,
      until_at timestamptz not null,
      state text not null default 'queued' check (state in ('queued', 'running', 'done', 'failed', 'canceled')),
      requested_by text not null,
      requested_at timestamptz not null,
      started_at timestamptz,
      finished_at timestamptz,
      next_turn_at timestamptz not null,
      lease_until timestamptz,
      fence bigint not null default 0,
      at timestamptz not null,
      page_token text,
      page_token_at timestamptz,
      window_pages int not null default 0,
      restarts int not null default 0,
      pages int not null default 0,
      seen int not null default 0,
      imported int not null default 0,
      changed int not null default 0,
      missing int not null default 0,
      stale int not null default 0,
      unreadable int not null default 0,
      evidence jsonb not null default '[]',
      failures int not null default 0,
      last_error text,
      last_error_code text)`);
    // The same range is swept once at a time.
    await runner.query(`create unique index sweep_once on sweep (store_id, kind, asked) where state in ('queued', 'running')`);
    // Whose turn it is.
    await runner.query(`create index sweep_due on sweep (next_turn_at) where state in ('queued', 'running')`);
    // GET /sweeps, newest first.
    await runner.query('create index sweep_newest on sweep (requested_at desc, id desc)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table sweep, sync_health');
    await runner.query(`alter table sync_cursor drop column refused_datasets, drop column degraded_since, drop column degraded_until,
      drop column all_tried_at, drop column failing_since`);
    await runner.query('alter table amazon_order drop column facts');
  }
}
