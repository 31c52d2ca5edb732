import type { MigrationInterface, QueryRunner } from 'typeorm';

export class SettledNeeds1765300000000 implements MigrationInterface {
  name = 'SettledNeeds1765300000000';

  async up(runner: QueryRunner): Promise<void> {
    // What may be forgotten, the oldest first. ISO texts are in the order of their times.
    await runner.query(`create index need_settled on need ((memory -> 'settled' ->> 'at')) where since is null or resolved_at is not null`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index need_settled');
  }
}
