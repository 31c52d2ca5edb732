import type { MigrationInterface, QueryRunner } from 'typeorm';

export class PrintJobs1764400000300 implements MigrationInterface {
  name = 'PrintJobs1764400000300';

  async up(runner: QueryRunner): Promise<void> {
    // Which documents of which orders; what they show is looked up when they are printed.
    await runner.query(`create table print_job (
      id uuid primary key,
      documents text[] not null,
      order_ids uuid[] not null,
      created_by text not null,
      created_at timestamptz not null default now())`);
    // Forgetting those whose time is up.
    await runner.query(`create index print_job_created on print_job (created_at)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table print_job');
  }
}
