import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Secrets1764900000000 implements MigrationInterface {
  name = 'Secrets1764900000000';

  async up(runner: QueryRunner): Promise<void> {
    // What was said of how long a store's client secret, or its seller's authorization, still opens it.
    await runner.query(`create table secret_watch (
      id uuid primary key,
      tenant text not null,
      version int not null,
      secret text not null check (secret in ('client-secret', 'authorization')),
      set_at timestamptz not null,
      warned int,
      unique (tenant, secret))`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table secret_watch');
  }
}
