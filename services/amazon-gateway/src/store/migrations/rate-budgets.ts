import type { MigrationInterface, QueryRunner } from 'typeorm';

export class RateBudgets1764000100000 implements MigrationInterface {
  name = 'RateBudgets1764000100000';

  async up(runner: QueryRunner): Promise<void> {
    // One row per store and operation that was ever called, written at each call: room for updates in place.
    await runner.query(`create table rate_budget (
      store_id text not null,
      operation text not null,
      rate float8 not null check (rate > 0),
      burst int not null check (burst > 1),
      tokens float8 not null,
      filled_at timestamptz not null,
      granted boolean not null,
      paused_until timestamptz,
      paused_because text,
      primary key (store_id, operation)) with (fillfactor = 50)`);

    await runner.query(`create table amazon_error (
      id uuid primary key,
      store_id text not null,
      operation text not null,
      code text not null,
      message text not null,
      http_status int,
      request_id text,
      subject text,
      at timestamptz not null)`);
    // GET /errors: newest first, and the keyset position; also what the retention deletes.
    await runner.query('create index amazon_error_newest on amazon_error (at desc, id desc)');
    // GET /errors?storeId=
    await runner.query('create index amazon_error_store on amazon_error (store_id, at desc, id desc)');
    // GET /errors?subject=
    await runner.query('create index amazon_error_subject on amazon_error (subject, at desc, id desc) where subject is not null');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table rate_budget, amazon_error');
  }
}
