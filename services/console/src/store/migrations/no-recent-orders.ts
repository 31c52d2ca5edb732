import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The last orders are asked of the order service: nothing here looks for them by their time. */
export class NoRecentOrders1765500000000 implements MigrationInterface {
  name = 'NoRecentOrders1765500000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('drop index order_facts_recent, order_facts_recent_of_store');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('create index order_facts_recent on order_facts (purchased_at desc, order_id) where created');
    await runner.query('create index order_facts_recent_of_store on order_facts (tenant, purchased_at desc, order_id) where created');
  }
}
