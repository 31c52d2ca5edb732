import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Invoices1700000100000 implements MigrationInterface {
  name = 'Invoices1700000100000';

  async up(runner: QueryRunner): Promise<void> {
    // Where billing stands with each order: one row that follows the order.
    await runner.query(`create table order_billing (
      id uuid primary key,
      tenant text not null,
      version int not null,
      status text not null check (status in ('invoiced', 'not-needed', 'review', 'canceled')),
      reason text,
      detail text,
      order_number text not null,
      amazon_order_id text not null,
      totals_version int not null,
      currency text,
      due_minor bigint not null,
      invoice_id uuid,
      invoice_number text,
      invoiced_minor bigint not null,
      attention boolean not null generated always as
        (status = 'review' or (due_minor <> invoiced_minor and reason is distinct from 'invoice-by-amazon')) stored,
      check (status <> 'invoiced' or (invoice_id is not null and invoice_number is not null and currency is not null)),
      check (status not in ('not-needed', 'review') or invoice_id is null)) with (fillfactor = 80)`);
    // GET /attention and the gauges: the few orders that wait for a person.
    await runner.query(`create index order_billing_attention on order_billing (id) where attention`);

    // The documents. A row is written once; the number stays used even when the document is canceled.
    await runner.query(`create table invoice (
      id uuid primary key,
      tenant text not null,
      number text not null,
      order_id uuid not null,
      order_number text not null,
      amazon_order_id text not null,
      currency text not null check (currency ~ '^[A-Z]{3}$'),
      total_minor bigint not null,
      tip_minor bigint not null,
      lines jsonb not null,
      issued_at timestamptz not null,
      status text not null default 'issued' check (status in ('issued', 'canceled')),
      canceled_at timestamptz,
      cancel_reason text,
      check ((status = 'canceled') = (canceled_at is not null and cancel_reason is not null)))`);
    // A number is given once per tenant; GET /invoices?number=.
    await runner.query(`create unique index invoice_number on invoice (number, tenant)`);
    // GET /invoices, newest first, with issuedFrom and issuedTo.
    await runner.query(`create index invoice_issued on invoice (issued_at desc, id desc)`);
    // GET /invoices?orderId=
    await runner.query(`create index invoice_order on invoice (order_id)`);

    await runner.query(`create function invoice_stays_as_it_is() returns trigger language plpgsql as $$
      begin
        if tg_op <> 'UPDATE' then
          raise exception 'invoices are never deleted' using errcode = 'restrict_violation';
        end if;
        if old.status <> 'issued' or new.status <> 'canceled'
          or (to_jsonb(new) - '{status,canceled_at,cancel_reason}'::text[]) <> (to_jsonb(old) - '{status,canceled_at,cancel_reason}'::text[])
        then
          raise exception 'invoice % can only be canceled, once', old.number using errcode = 'restrict_violation';
        end if;
        return new;
      end $$`);
    await runner.query(`create trigger invoice_stays_as_it_is before update or delete on invoice
      for each row execute function invoice_stays_as_it_is()`);
    await runner.query(`create trigger invoices_stay before truncate on invoice execute function invoice_stays_as_it_is()`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table order_billing, invoice');
    await runner.query('drop function invoice_stays_as_it_is');
  }
}
