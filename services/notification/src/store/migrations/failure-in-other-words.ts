import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Why a message did not arrive, by a code with facts beside the words: the console says it in the reader's language. */
export class FailureInOtherWords1765300000000 implements MigrationInterface {
  name = 'FailureInOtherWords1765300000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table delivery add column last_failure jsonb');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table delivery drop column last_failure');
  }
}
