import type { MigrationInterface, QueryRunner } from 'typeorm';

export class SyncCursor1763800000001 implements MigrationInterface {
  name = 'SyncCursor1763800000001';

  async up(runner: QueryRunner): Promise<void> {
    // One row per store. All times but the watermark and the window are the database's: its clock is the one that replicas share.
    await runner.query(`create table sync_cursor (
      store_id text primary key,
      watermark timestamptz not null,
      window_from timestamptz,
      window_until timestamptz,
      page_token text,
      page_token_at timestamptz,
      lease_owner text,
      lease_until timestamptz,
      fence bigint not null default 0,
      created_at timestamptz not null default clock_timestamp(),
      last_success_at timestamptz,
      paused_until timestamptz,
      consecutive_failures int not null default 0,
      last_error text,
      last_error_code text)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table sync_cursor');
  }
}
