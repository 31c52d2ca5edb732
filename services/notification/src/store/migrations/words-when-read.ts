import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Alerts are worded by templates when they are read, in the reader's language: their facts are kept, which say as much. */
export class WordsWhenRead1764600000000 implements MigrationInterface {
  name = 'WordsWhenRead1764600000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table alert drop column title, drop column text');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table alert add column title text not null default '', add column text text not null default ''`);
  }
}
