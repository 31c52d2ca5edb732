import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Shipments1764400000100 implements MigrationInterface {
  name = 'Shipments1764400000100';

  async up(runner: QueryRunner): Promise<void> {
    // One per order; the id is the order's. Guards its parcels: whoever changes one of them has locked this row.
    await runner.query(`create table shipping_order (
      id uuid primary key,
      tenant text not null,
      version int not null,
      number text not null,
      amazon_order_id text not null,
      marketplace_id text not null,
      country text,
      fulfilled_by text not null check (fulfilled_by in ('merchant', 'amazon')),
      purchased_at timestamptz not null,
      ship_from timestamptz,
      ship_by timestamptz,
      deliver_by timestamptz,
      service_level text,
      programs text[] not null,
      obstacles text[] not null,
      state text not null check (state in ('open', 'done', 'canceled')),
      to_ship int not null check (to_ship >= 0),
      order_version int not null,
      heard jsonb not null,
      pickup jsonb not null,
      lines jsonb not null) with (fillfactor = 80)`);
    // Which order a row of a tracking file means, by Amazon's number.
    await runner.query(`create index shipping_order_amazon on shipping_order (amazon_order_id)`);
    // Which order a row of a tracking file means, by ours.
    await runner.query(`create index shipping_order_number on shipping_order (number)`);
    await this.#beginKnownOrders(runner);

    // One parcel. Amazon's answers are kept by the revision that they answer; write_state follows from them, and is kept to be found by.
    await runner.query(`create table shipment (
      id uuid primary key,
      order_id uuid not null references shipping_order,
      tenant text not null,
      position int not null default 1,
      version int not null,
      revision int not null,
      state text not null check (state in ('packed', 'shipped', 'voided')),
      carrier text,
      service text,
      tracking_number text,
      shipped_at timestamptz,
      handed_over_at timestamptz,
      label_from text not null check (label_from in ('seller', 'channel')),
      lines jsonb not null,
      told jsonb not null default '[]',
      write_state text not null check (write_state in ('none', 'waiting', 'uncertain', 'accepted', 'refused')),
      told_at timestamptz,
      written_revision int,
      accepted_at timestamptz,
      package_reference text,
      refused_revision int,
      refusal jsonb,
      doubted_revision int,
      doubt text,
      void_reason text,
      created_at timestamptz not null,
      created_by text not null,
      measured boolean not null default false) with (fillfactor = 80)`);
    // The parcels of an order: each command loads them.
    await runner.query(`create index shipment_order on shipment (order_id)`);
    // GET /shipments, newest first.
    await runner.query(`create index shipment_created on shipment (created_at desc, id desc)`);
    // GET /shipments?tracking=, and whether a tracking file names a parcel that is there already.
    await runner.query(`create index shipment_tracking on shipment (tracking_number) where tracking_number is not null`);
    // GET /shipments?state=packed and the gauges: the few that wait for somebody.
    await runner.query(`create index shipment_packed on shipment (created_at desc, id desc) where state = 'packed'`);
    // GET /shipments?writeState= and the gauges: the few that Amazon has not taken.
    await runner.query(
      `create index shipment_unwritten on shipment (write_state, created_at desc, id desc) where write_state in ('waiting', 'uncertain', 'refused')`,
    );
    // Those whose time from the hand-over to Amazon's word is still to be measured.
    await runner.query(`create index shipment_unmeasured on shipment (id) where accepted_at is not null and not measured`);
  }

  /**
   * Orders that came before, as far as stock knows of them. Their numbers come with their next change; without this, what is heard of them
   * would be too early for good.
   */
  async #beginKnownOrders(runner: QueryRunner): Promise<void> {
    await runner.query(`insert into shipping_order (id, tenant, version, number, amazon_order_id, marketplace_id, fulfilled_by, purchased_at,
        programs, obstacles, state, to_ship, order_version, heard, pickup, lines)
      select r.id, r.tenant, 0, '', '', '', case when r.status = 'not-needed' then 'amazon' else 'merchant' end, r.purchased_at, '{}',
        case when r.status = 'short' then array['stock'] else '{}' end,
        case when r.status = 'released' then 'canceled' when l.left_units = 0 or r.status = 'not-needed' then 'done' else 'open' end,
        case when r.status in ('reserved', 'short') then l.left_units else 0 end, r.order_version,
        jsonb_build_object('number', 0, 'stock', jsonb_build_object('version', 0, 'obstacle', case when r.status = 'short' then 'stock' end),
          'hold', jsonb_build_object('version', 0, 'obstacle', null), 'cancellation', jsonb_build_object('version', 0, 'obstacle', null),
          'canceled', r.status = 'released', 'closed', 0), '[]', l.lines
      from reservation r cross join lateral (
        select coalesce(sum(greatest(ordered - shipped, 0)), 0)::int as left_units,
          coalesce(jsonb_agg(jsonb_build_object('lineId', line_id, 'sku', sku, 'title', coalesce(title, sku), 'quantity', ordered,
            'quantityShipped', shipped, 'elsewhere', shipped) order by position), '[]') as lines
        from reservation_line left join product using (sku) where order_id = r.id) as l
      where l.lines <> '[]' or r.status = 'not-needed'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table shipment, shipping_order');
  }
}
