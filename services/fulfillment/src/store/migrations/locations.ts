import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Locations1764400000000 implements MigrationInterface {
  name = 'Locations1764400000000';

  async up(runner: QueryRunner): Promise<void> {
    // Few. Units are taken from the lowest priority first.
    await runner.query(`create table location (
      code text primary key,
      name text not null,
      priority int not null,
      enabled boolean not null)`);
    await runner.query(`insert into location values ('main', 'Main', 0, true)`);

    // All units that there are lie at the one location that there is.
    await runner.query(`alter table stock add column location text not null default 'main' references location`);
    await runner.query(`alter table stock alter column location drop default, drop constraint stock_pkey, add primary key (sku, location)`);

    await runner.query(`alter table stock_movement add column location text not null default 'main', add column actor text`);
    await runner.query(`alter table stock_movement alter column location drop default, drop constraint stock_movement_reason_check,
      add check (reason in ('reserved', 'given-back', 'shipped', 'voided', 'returned', 'adjusted', 'counted', 'transferred',
        'reconciled'))`);

    // The parcels of ours, and the returns whose units are on the shelf again.
    await runner.query(
      `alter table reservation add column parcels jsonb not null default '[]', add column restocked jsonb not null default '[]'`,
    );

    await runner.query(`alter table reservation_line add column told int not null default 0 check (told >= 0),
      add column allocations jsonb not null default '[]'`);
    // What lines hold, and what the movements say that left for them, was at the one location.
    await runner.query(`
      with gone as (
        select order_id, line_id, sku, greatest(-sum(delta_on_hand), 0) as units from stock_movement
        where reason = 'shipped' and order_id is not null group by 1, 2, 3),
      found as (
        select order_id, line_id, case when from_stock then reserved else 0 end as held, coalesce(units, 0) as units
        from reservation_line left join gone using (order_id, line_id, sku))
      update reservation_line l set told = shipped, allocations = case when held + units = 0 then '[]'
        else jsonb_build_array(jsonb_build_object('location', 'main', 'reserved', held, 'shipped', units, 'returned', 0)) end
      from found where found.order_id = l.order_id and found.line_id = l.line_id`);
    await runner.query(`alter table reservation_line alter column told drop default, alter column allocations drop default`);
  }

  /** What lies at several locations is taken together; of the movements, those that say more than the older version knows go by other names. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table reservation_line drop column allocations, drop column told');
    await runner.query('alter table reservation drop column restocked, drop column parcels');
    await runner.query(`delete from stock_movement where reason = 'transferred'`);
    await runner.query(`update stock_movement set reason = case reason when 'voided' then 'shipped' else 'adjusted' end
      where reason in ('voided', 'returned', 'reconciled')`);
    await runner.query(`alter table stock_movement drop column actor, drop column location,
      drop constraint stock_movement_reason_check, add check (reason in ('reserved', 'given-back', 'shipped', 'adjusted', 'counted'))`);
    await runner.query(`create table together as
      select sku, sum(on_hand)::int as on_hand, sum(reserved)::int as reserved from stock group by sku`);
    await runner.query('delete from stock');
    await runner.query('alter table stock drop column location');
    await runner.query('alter table stock add primary key (sku)');
    await runner.query('insert into stock select * from together');
    await runner.query('drop table together');
    await runner.query('drop table location');
  }
}
