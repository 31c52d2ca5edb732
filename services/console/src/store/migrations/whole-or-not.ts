import type { MigrationInterface, QueryRunner } from 'typeorm';

export class WholeOrNot1765400000000 implements MigrationInterface {
  name = 'WholeOrNot1765400000000';

  async up(runner: QueryRunner): Promise<void> {
    // One row. While whole_since is null, something from before is missing, and the console reads it from the event logs.
    await runner.query('create table wholeness (one boolean primary key default true check (one), whole_since timestamptz)');
    await runner.query(`insert into wholeness (whole_since) select now() where not exists (select from rebuild_part where not done)
      and (exists (select from rebuild_part) or exists (select from timeline_entry))`);
    await runner.query('insert into wholeness (whole_since) values (null) on conflict do nothing');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table wholeness');
  }
}
