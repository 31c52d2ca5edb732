import { documentIdOf } from '@orderbus/kernel';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Each order's buyer gets a key of its own. What the gateway had sealed is sealed anew when the service starts: here there are no keys. */
export class Vault1764200000000 implements MigrationInterface {
  name = 'Vault1764200000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table buyer_vault rename column amazon_version to sealed_version');
    await runner.query(`alter table buyer_vault drop column updated_at, alter column sealed drop not null,
      add column id uuid,
      add column tenant text,
      add column version int not null default 0,
      add column wrapped_key text,
      add column arrived text,
      add column correction text,
      add column facts_version int not null default 0,
      add column purchased_at timestamptz,
      add column ship_by timestamptz,
      add column deliver_by timestamptz,
      add column delivered_at timestamptz,
      add column canceled_at timestamptz,
      add column legal_hold jsonb,
      add column purged_at timestamptz,
      add column purge_reason text,
      add check (purged_at is null or (wrapped_key is null and sealed is null and arrived is null and correction is null)),
      add check ((purged_at is null) = (purge_reason is null))`);
    await runner.query(`update buyer_vault v set tenant = o.tenant, purchased_at = o.purchased_at, ship_by = o.ship_by,
      canceled_at = case when o.amazon_status = 'canceled' then o.amazon_updated_at end
      from orders o where o.id = v.order_id`);
    const rows: { orderId: string }[] = await runner.query('select order_id as "orderId" from buyer_vault');
    await runner.query(
      'update buyer_vault v set id = u.id from unnest($1::uuid[], $2::uuid[]) as u(order_id, id) where v.order_id = u.order_id',
      [rows.map(({ orderId }) => orderId), rows.map(({ orderId }) => documentIdOf(orderId, 'buyer'))],
    );
    await runner.query(`alter table buyer_vault drop constraint buyer_vault_pkey, add primary key (id), add unique (order_id),
      alter column tenant set not null, alter column purchased_at set not null`);
    // The purge and the report look at what is kept, oldest purchase first: a small part of all orders.
    await runner.query(`create index buyer_vault_kept on buyer_vault (purchased_at) where sealed is not null or correction is not null`);
    // The report counts what was purged, month by month.
    await runner.query(`create index buyer_vault_purged on buyer_vault (purged_at) where purged_at is not null`);

    // Words of names, hashed with a secret key. By token: a search. By order: the purge, and a changed name.
    await runner.query(`create table buyer_name_index (token bytea not null, order_id uuid not null, primary key (token, order_id))`);
    await runner.query(`create index buyer_name_index_order on buyer_name_index (order_id)`);
    await runner.query(`create table vault_secret (name text primary key, sealed text not null)`);

    await runner.query(`create table buyer_access (
      id bigint generated always as identity primary key,
      at timestamptz not null default clock_timestamp(),
      action text not null,
      actor text not null,
      purpose text not null,
      order_id uuid not null,
      tenant text not null,
      fields text[] not null)`);
    // GET /vault/accesses of one order, and of one person.
    await runner.query(`create index buyer_access_order on buyer_access (order_id, id desc)`);
    await runner.query(`create index buyer_access_actor on buyer_access (actor, id desc)`);
    // The report's months, and forgetting the oldest.
    await runner.query(`create index buyer_access_at on buyer_access (at)`);

    await runner.query(`create table vault_run (
      id bigint generated always as identity primary key,
      started_at timestamptz not null,
      finished_at timestamptz not null,
      purged int not null,
      emptied_dead_letters int not null,
      failure text)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table vault_run, buyer_access, vault_secret, buyer_name_index');
    // Buyers under keys of their own cannot be given back to the version before: Amazon shows them again.
    await runner.query('delete from buyer_vault');
    await runner.query(`alter table buyer_vault drop column id, drop column tenant, drop column version, drop column wrapped_key,
      drop column arrived, drop column correction, drop column facts_version, drop column purchased_at, drop column ship_by,
      drop column deliver_by, drop column delivered_at, drop column canceled_at, drop column legal_hold, drop column purged_at,
      drop column purge_reason, drop constraint buyer_vault_order_id_key, add primary key (order_id), alter column sealed set not null,
      add column updated_at timestamptz not null default now()`);
    await runner.query('alter table buyer_vault rename column sealed_version to amazon_version');
  }
}
