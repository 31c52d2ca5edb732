import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who has seen buyers stands in the audit log from now on. What was on record moves there: chained now, its own moment beside its purpose. */
export class AccessesIntoAudit1764400000300 implements MigrationInterface {
  name = 'AccessesIntoAudit1764400000300';

  async up(runner: QueryRunner): Promise<void> {
    for (let last = 0; ; ) {
      const [moved] = await runner.query(
        `select max(id)::int as last, audit_append(jsonb_agg(jsonb_build_object('actor', 'person:unknown', 'actor_name', actor,
           'action', 'buyer.' || action, 'subjects', jsonb_build_array('order:' || order_id), 'tenant', tenant,
           'reason', purpose || ', at ' || to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), 'fields', to_jsonb(fields),
           'outcome', 'done', 'correlation_id', 'buyer_access:' || id) order by id))
         from (select * from buyer_access where id > $1 order by id limit 2000) as a having count(*) > 0`,
        [last],
      );
      if (moved === undefined) break;
      last = moved.last;
    }
    await runner.query('drop table buyer_access');
  }

  /** What is in the audit log stays there. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`create table buyer_access (
      id bigint generated always as identity primary key,
      at timestamptz not null default clock_timestamp(),
      action text not null,
      actor text not null,
      purpose text not null,
      order_id uuid not null,
      tenant text not null,
      fields text[] not null)`);
    await runner.query(`create index buyer_access_order on buyer_access (order_id, id desc)`);
    await runner.query(`create index buyer_access_actor on buyer_access (actor, id desc)`);
    await runner.query(`create index buyer_access_at on buyer_access (at)`);
  }
}
