import type { MigrationInterface, QueryRunner } from 'typeorm';
import { unfinishedStates } from '../../domain/feed-lifecycle.ts';

const unfinished = `state in (${unfinishedStates.map((state) => `'${state}'`).join()})`;

export class Feeds1764000400000 implements MigrationInterface {
  name = 'Feeds1764000400000';

  async up(runner: QueryRunner): Promise<void> {
    // The batches in which commands travel. Of the reports only numbers, codes and words are kept. lease_until is the database's time.
    await runner.query(`create table amazon_feed (
      id uuid primary key,
      tenant text not null,
      version int not null,
      type text not null,
      state text not null,
      marketplace_ids jsonb not null,
      messages jsonb not null,
      opened_at timestamptz not null,
      submitted_at timestamptz,
      finished_at timestamptz,
      document_id text,
      amazon_feed_id text,
      amazon_status text,
      looks int not null,
      next_look_at timestamptz,
      stuck_at timestamptz,
      words text,
      report jsonb,
      accepted int,
      rejected int,
      lease_until timestamptz)`);
    // One at a time: a second worker that wants to open another finds this in its way.
    await runner.query(`create unique index amazon_feed_single on amazon_feed (tenant, type) where ${unfinished}`);
    // Which ones are due to be looked at.
    await runner.query(`create index amazon_feed_due on amazon_feed (next_look_at) where ${unfinished}`);
    // Which of the feeds at Amazon are ours, and when the last one was opened.
    await runner.query(
      `create unique index amazon_feed_at_amazon on amazon_feed (tenant, amazon_feed_id) where amazon_feed_id is not null`,
    );
    await runner.query(`create index amazon_feed_last on amazon_feed (tenant, type, opened_at desc)`);
    // GET /feeds: newest first, and the keyset position.
    await runner.query(`create index amazon_feed_newest on amazon_feed (opened_at desc, id desc)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table amazon_feed');
  }
}
