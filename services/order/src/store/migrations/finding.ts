import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What the list of orders is filtered, sorted and searched by, apart from the orders themselves. A row of `order_list` is a tenth of an
 * order's: looking at many of them is cheap, and an order that changes writes its indexes here and none of its own.
 */
export class Finding1764100000000 implements MigrationInterface {
  name = 'Finding1764100000000';

  async up(runner: QueryRunner): Promise<void> {
    await this.#createList(runner);
    await this.#indexList(runner);
    await this.#createSearch(runner);

    await runner.query(`create table saved_view (
      id uuid primary key,
      owner text not null,
      name text not null,
      version int not null default 1,
      definition jsonb not null,
      unique (owner, name))`);

    await runner.query(`create table export (
      id uuid primary key,
      owner text not null,
      format text not null check (format in ('csv', 'xlsx')),
      request jsonb not null,
      state text not null default 'waiting' check (state in ('waiting', 'running', 'done', 'failed')),
      row_count int not null default 0,
      of_count int,
      attempts int not null default 0,
      problem text,
      claimed_until timestamptz,
      created_at timestamptz not null default clock_timestamp())`);
    // The next one to be worked on.
    await runner.query(`create index export_open on export (created_at) where state in ('waiting', 'running')`);
    // The purge: what is oldest goes first.
    await runner.query(`create index export_created on export (created_at)`);
    // Kept where every instance of the service can read it.
    await runner.query(`create table export_chunk (
      export_id uuid not null references export on delete cascade,
      n int not null,
      content bytea not null,
      primary key (export_id, n))`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table export_chunk, export, saved_view, order_search');
    await runner.query('drop trigger order_list_of_new on orders');
    await runner.query('drop trigger order_list_of_changed on orders');
    await runner.query('drop function refresh_order_list');
    await runner.query('drop table order_list');
    await runner.query('create index orders_purchased on orders (purchased_at desc, id desc)');
    await runner.query('create index orders_tenant on orders (tenant, purchased_at desc, id desc)');
    await runner.query('create index orders_marketplace on orders (marketplace_id, purchased_at desc, id desc)');
    await runner.query('create index orders_state on orders (state, purchased_at desc, id desc)');
    await runner.query('create index orders_total on orders (currency, grand_total_minor)');
  }

  /** Without nulls, since they have no place in an order: what is not known is empty, or `infinity`. */
  async #createList(runner: QueryRunner): Promise<void> {
    await runner.query(`create table order_list (
      order_id uuid primary key,
      version int not null,
      tenant text collate "C" not null,
      number text collate "C" not null,
      state text not null,
      status text collate "C" not null,
      marketplace_id text not null,
      ship_to_country text not null default '',
      fulfilled_by text not null,
      programs text[] not null,
      tags text[] not null,
      needs_attention boolean not null,
      purchased_at timestamptz not null,
      ship_by timestamptz not null,
      updated_at timestamptz not null,
      currency text collate "C" not null,
      total_minor bigint not null)`);
    // Once per statement, however many orders it writes: a batch costs one more statement, and nobody who writes orders can forget it.
    await runner.query(`create function refresh_order_list() returns trigger language plpgsql set search_path from current as $$
      begin
        insert into order_list as l (order_id, version, tenant, number, state, status, marketplace_id, fulfilled_by, programs, tags,
          needs_attention, purchased_at, ship_by, updated_at, currency, total_minor)
        select id, version, tenant, coalesce(number, ''), state, status, marketplace_id, fulfilled_by,
          array(select jsonb_array_elements_text(programs)), array(select jsonb_array_elements_text(tags)),
          attention <> '[]', purchased_at, coalesce(ship_by, 'infinity'), now(),
          coalesce(currency, ''), coalesce(grand_total_minor, 0)
        from changed
        on conflict (order_id) do update set version = excluded.version, number = excluded.number, state = excluded.state,
          status = excluded.status, programs = excluded.programs, tags = excluded.tags, needs_attention = excluded.needs_attention,
          purchased_at = excluded.purchased_at, ship_by = excluded.ship_by, updated_at = excluded.updated_at, currency = excluded.currency,
          total_minor = excluded.total_minor, marketplace_id = excluded.marketplace_id, fulfilled_by = excluded.fulfilled_by
        where (l.version, l.number, l.state, l.status, l.programs, l.tags, l.needs_attention, l.purchased_at, l.ship_by, l.currency,
            l.total_minor, l.marketplace_id, l.fulfilled_by)
          is distinct from (excluded.version, excluded.number, excluded.state, excluded.status, excluded.programs, excluded.tags,
            excluded.needs_attention, excluded.purchased_at, excluded.ship_by, excluded.currency, excluded.total_minor,
            excluded.marketplace_id, excluded.fulfilled_by);
        return null;
      end $$`);
    await runner.query(`create trigger order_list_of_new after insert on orders
      referencing new table as changed for each statement execute function refresh_order_list()`);
    await runner.query(`create trigger order_list_of_changed after update on orders
      referencing new table as changed for each statement execute function refresh_order_list()`);
    await runner.query(`insert into order_list (order_id, version, tenant, number, state, status, marketplace_id, fulfilled_by, programs, tags,
        needs_attention, purchased_at, ship_by, updated_at, currency, total_minor)
      select id, version, tenant, coalesce(number, ''), state, status, marketplace_id, fulfilled_by,
        array(select jsonb_array_elements_text(programs)), array(select jsonb_array_elements_text(tags)),
          attention <> '[]', purchased_at, coalesce(ship_by, 'infinity'),
        amazon_updated_at, coalesce(currency, ''), coalesce(grand_total_minor, 0)
      from orders`);
  }

  async #indexList(runner: QueryRunner): Promise<void> {
    // One for each sort, read in both directions. The id makes the place of every row unique, so that paging over equals loses nothing.
    await runner.query('create index order_list_purchased on order_list (purchased_at, order_id)');
    await runner.query('create index order_list_ship_by on order_list (ship_by, order_id)');
    await runner.query('create index order_list_total on order_list (currency, total_minor, order_id)');
    await runner.query('create index order_list_number on order_list (number, order_id)');
    await runner.query('create index order_list_store on order_list (tenant, purchased_at, order_id)');
    await runner.query('create index order_list_status on order_list (status, purchased_at, order_id)');
    await runner.query('create index order_list_updated on order_list (updated_at, order_id)');
    // One for each filter that may leave only a few of many. Few values, so each is some megabytes for a million orders.
    await runner.query('create index order_list_state on order_list (state)');
    await runner.query('create index order_list_marketplace on order_list (marketplace_id)');
    await runner.query('create index order_list_ship_to on order_list (ship_to_country)');
    await runner.query('create index order_list_labels on order_list using gin (programs, tags)');
    await runner.query('create index order_list_attention on order_list (order_id) where needs_attention');

    // They served the list until now. Without them a change of an order touches no index of `orders` at all.
    await runner.query('drop index orders_purchased, orders_tenant, orders_marketplace, orders_state, orders_total');
  }

  /** Words are looked for by their beginnings; see `search-words.ts`. Until its next snapshot an order is found by its plain words alone. */
  async #createSearch(runner: QueryRunner): Promise<void> {
    await runner.query(`create table order_search (
      order_id uuid primary key,
      amazon_version int not null,
      purchased_at timestamptz not null,
      numbered boolean not null,
      words tsvector not null)`);
    await runner.query(`insert into order_search
      select id, amazon_version, purchased_at, number is not null, array_to_tsvector(array(
        select distinct word from regexp_split_to_table(lower(concat_ws(' ', number, amazon_order_id, replace(amazon_order_id, '-', ''),
          (select string_agg(concat_ws(' ', l ->> 'sku', l ->> 'asin', l ->> 'title'), ' ') from jsonb_array_elements(lines) as l))),
          '[^[:alnum:]]+') as word where word <> ''))
      from orders`);
    // Written once per order and hardly ever again: the list of pending entries would only have to be read by every search.
    await runner.query('create index order_search_words on order_search using gin (words) with (fastupdate = off)');
    // What many orders have is found by looking through the newest.
    await runner.query('create index order_search_purchased on order_search (purchased_at, order_id)');
  }
}
