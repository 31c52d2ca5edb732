import type { MigrationInterface, QueryRunner } from 'typeorm';

export class LastGapSweep1765100000000 implements MigrationInterface {
  name = 'LastGapSweep1765100000000';

  async up(runner: QueryRunner): Promise<void> {
    // What the last search of a store has found: asked each time the metrics are read.
    await runner.query(`create index sweep_last_gap on sweep (store_id, finished_at desc) where kind = 'gap' and state = 'done'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index sweep_last_gap');
  }
}
