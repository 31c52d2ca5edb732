import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Leases1765000000000 implements MigrationInterface {
  name = 'Leases1765000000000';

  async up(runner: QueryRunner): Promise<void> {
    // Who may send a command, or read it back, and for how long: by the clock of the database, which all replicas share.
    await runner.query('alter table amazon_command add column fence int not null default 0, add column lease_until timestamptz');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table amazon_command drop column fence, drop column lease_until');
  }
}
