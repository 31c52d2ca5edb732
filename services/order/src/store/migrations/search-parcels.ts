import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Words that are ours stay with an order when Amazon's next snapshot replaces the others. */
export class SearchParcels1764400000200 implements MigrationInterface {
  name = 'SearchParcels1764400000200';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table order_search add column own_words tsvector not null default ''`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table order_search drop column own_words');
  }
}
