import type { MigrationInterface, QueryRunner } from 'typeorm';

export class BuyerVault1730000000001 implements MigrationInterface {
  name = 'BuyerVault1730000000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create table buyer_vault (
      order_id uuid primary key,
      sealed text not null,
      amazon_version int not null,
      updated_at timestamptz not null default now())`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table buyer_vault');
  }
}
