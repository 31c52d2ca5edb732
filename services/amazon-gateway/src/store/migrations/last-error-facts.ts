import type { MigrationInterface, QueryRunner } from 'typeorm';

export class LastErrorFacts1765200000000 implements MigrationInterface {
  name = 'LastErrorFacts1765200000000';

  async up(runner: QueryRunner): Promise<void> {
    // What the words of the error tell, by name: who says it in another language says it by the code.
    for (const table of ['sync_cursor', 'sweep']) await runner.query(`alter table ${table} add column last_error_facts jsonb`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['sync_cursor', 'sweep']) await runner.query(`alter table ${table} drop column last_error_facts`);
  }
}
