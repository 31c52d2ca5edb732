import type { MigrationInterface, QueryRunner } from 'typeorm';

export class ForgottenBuyers1764000500000 implements MigrationInterface {
  name = 'ForgottenBuyers1764000500000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table amazon_order add column buyer_purged_at timestamptz');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table amazon_order drop column buyer_purged_at');
  }
}
