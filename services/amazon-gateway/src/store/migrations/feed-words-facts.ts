import type { MigrationInterface, QueryRunner } from 'typeorm';

export class FeedWordsFacts1765300000000 implements MigrationInterface {
  name = 'FeedWordsFacts1765300000000';

  async up(runner: QueryRunner): Promise<void> {
    // What the feed's words tell, by name: who says it in another language says it by the code.
    await runner.query(`alter table amazon_feed add column words_code text, add column words_facts jsonb`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table amazon_feed drop column words_code, drop column words_facts`);
  }
}
