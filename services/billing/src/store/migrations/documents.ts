import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Documents1764400000000 implements MigrationInterface {
  name = 'Documents1764400000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create table billing_settings (
      tenant text primary key,
      version int not null,
      settings jsonb not null)`);

    await runner.query('drop trigger invoice_stays_as_it_is on invoice');
    await runner.query(`alter table invoice
      add column series text,
      add column shop text,
      add column country text,
      add column vat_rate double precision,
      add column upload jsonb not null default '{"state": "none", "attempt": 0}'`);
    await runner.query(`update invoice set series = 'invoice:' || tenant`);
    await runner.query('alter table invoice alter column series set not null');
    // A number is given once in its series; GET /invoices?number=.
    await runner.query('drop index invoice_number');
    await runner.query('create unique index invoice_number on invoice (number, series)');
    await runner.query(`create or replace function invoice_stays_as_it_is() returns trigger language plpgsql as $$
      begin
        if tg_op <> 'UPDATE' then
          raise exception 'invoices are never deleted' using errcode = 'restrict_violation';
        end if;
        if (to_jsonb(new) - '{status,canceled_at,cancel_reason,upload}'::text[])
            <> (to_jsonb(old) - '{status,canceled_at,cancel_reason,upload}'::text[])
          or ((new.status, new.canceled_at, new.cancel_reason) is distinct from (old.status, old.canceled_at, old.cancel_reason)
            and (old.status <> 'issued' or new.status <> 'canceled'))
        then
          raise exception 'invoice % can only be canceled, once', old.number using errcode = 'restrict_violation';
        end if;
        return new;
      end $$`);
    await runner.query(`create trigger invoice_stays_as_it_is before update or delete on invoice
      for each row execute function invoice_stays_as_it_is()`);

    // The order's money: what may be billed, what was, and what has gone back. All of it is decided on under the lock of this one row.
    await runner.query(`alter table order_billing
      add column shop text,
      add column country text,
      add column fulfilled_by text not null default 'merchant',
      add column shipped boolean not null default false,
      add column tip_minor bigint not null default 0,
      add column lines jsonb not null default '[]',
      add column invoices jsonb not null default '[]',
      add column memos jsonb not null default '[]',
      add column shipped_units jsonb not null default '{"atAmazon": {}, "parcels": {}}',
      add column canceled_units jsonb not null default '{}',
      add column renumbered_version int not null default 0,
      add column refused_refunds int not null default 0`);
    await runner.query(`update order_billing b set tip_minor = i.tip_minor, invoices = jsonb_build_array(jsonb_build_object(
        'id', i.id, 'number', i.number, 'shop', null, 'status', i.status, 'vatRate', null, 'totalMinor', i.total_minor, 'tipMinor', i.tip_minor, 'lines', i.lines, 'upload', i.upload)),
        lines = (select jsonb_agg(line || jsonb_build_object('ordered', line -> 'quantity')) from jsonb_array_elements(i.lines) line)
      from invoice i where i.order_id = b.id`);
    await runner.query(`alter table order_billing
      drop constraint order_billing_status_check,
      add constraint order_billing_status_check check (status in ('open', 'invoiced', 'not-needed', 'review', 'canceled'))`);
    await runner.query('drop index order_billing_attention');
    await runner.query('alter table order_billing drop column attention');
    await runner.query(`alter table order_billing add column attention boolean not null generated always as
      (status = 'review' or refused_refunds > 0
        or (status <> 'open' and due_minor <> invoiced_minor and reason is distinct from 'invoice-by-amazon')) stored`);
    // GET /attention and the gauges: the few orders that wait for a person.
    await runner.query(`create index order_billing_attention on order_billing (id) where attention`);

    // The documents that give back. The content is written once; the number is given when Amazon has accepted.
    await runner.query(`create table credit_memo (
      id uuid primary key,
      tenant text not null,
      kind text not null check (kind in ('refund', 'correction')),
      number text,
      series text,
      order_id uuid not null,
      order_number text not null,
      amazon_order_id text not null,
      shop text,
      country text,
      vat_rate double precision,
      state text not null check (state in ('requested', 'submitted', 'accepted', 'refused', 'settled')),
      attempt int not null,
      reason text not null,
      currency text not null check (currency ~ '^[A-Z]{3}$'),
      total_minor bigint not null check (total_minor > 0),
      tip_minor bigint not null,
      adjustment_refund_minor bigint not null check (adjustment_refund_minor >= 0),
      adjustment_fee_minor bigint not null check (adjustment_fee_minor >= 0),
      lines jsonb not null,
      return_id uuid,
      requested_at timestamptz not null,
      requested_by jsonb not null,
      submitted_at timestamptz,
      issued_at timestamptz,
      settled_at timestamptz,
      refusal jsonb,
      uncertain jsonb,
      upload jsonb not null,
      check ((number is not null) = (state in ('accepted', 'settled'))),
      check ((number is not null) = (issued_at is not null and series is not null)))`);
    // A number is given once in its series; GET /credit-memos?number=.
    await runner.query(`create unique index credit_memo_number on credit_memo (number, series)`);
    // GET /credit-memos, newest first, with requestedFrom and requestedTo.
    await runner.query(`create index credit_memo_requested on credit_memo (requested_at desc, id desc)`);
    // GET /credit-memos?orderId=
    await runner.query(`create index credit_memo_order on credit_memo (order_id)`);
    // GET /credit-memos?returnId=
    await runner.query(`create index credit_memo_return on credit_memo (return_id) where return_id is not null`);
    // GET /credit-memos?state=refused, and what is under way.
    await runner.query(`create index credit_memo_state on credit_memo (state, requested_at desc, id desc) where state <> 'settled'`);

    // Until it has its number, nothing is promised to anybody; the shop, the series and the order's number are those of that moment.
    await runner.query(`create function credit_memo_stays_as_it_is() returns trigger language plpgsql as $$
      declare
        moving text[] := '{state,attempt,submitted_at,settled_at,refusal,uncertain,upload}';
      begin
        if tg_op <> 'UPDATE' then
          raise exception 'credit memos are never deleted' using errcode = 'restrict_violation';
        end if;
        if old.number is null then
          moving := moving || '{number,series,shop,order_number,issued_at}'::text[];
        end if;
        if (to_jsonb(new) - moving) <> (to_jsonb(old) - moving) or (old.number is not null and new.state not in ('accepted', 'settled')) then
          raise exception 'credit memo % stays as it is', coalesce(old.number, old.id::text) using errcode = 'restrict_violation';
        end if;
        return new;
      end $$`);
    await runner.query(`create trigger credit_memo_stays_as_it_is before update or delete on credit_memo
      for each row execute function credit_memo_stays_as_it_is()`);
    await runner.query(`create trigger credit_memos_stay before truncate on credit_memo execute function credit_memo_stays_as_it_is()`);

    // What people wrote on a document. Nobody changes or removes it.
    await runner.query(`create table document_comment (
      id uuid primary key,
      document_id uuid not null,
      text text not null,
      author jsonb not null,
      written_at timestamptz not null)`);
    // GET /invoices/:id/comments and /credit-memos/:id/comments, newest first.
    await runner.query(`create index document_comment_document on document_comment (document_id, written_at desc, id desc)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table document_comment, credit_memo, billing_settings');
    await runner.query('drop function credit_memo_stays_as_it_is');
    await runner.query(`delete from order_billing where status = 'open'`);
    await runner.query('alter table order_billing drop column attention');
    await runner.query(`alter table order_billing drop column shop, drop column country, drop column fulfilled_by, drop column shipped,
      drop column tip_minor, drop column lines, drop column invoices, drop column memos, drop column shipped_units, drop column canceled_units,
      drop column renumbered_version, drop column refused_refunds`);
    await runner.query(`alter table order_billing add column attention boolean not null generated always as
      (status = 'review' or (due_minor <> invoiced_minor and reason is distinct from 'invoice-by-amazon')) stored`);
    await runner.query(`create index order_billing_attention on order_billing (id) where attention`);
    await runner.query('drop index invoice_number');
    await runner.query('create unique index invoice_number on invoice (number, tenant)');
    await runner.query(`alter table order_billing drop constraint order_billing_status_check,
      add constraint order_billing_status_check check (status in ('invoiced', 'not-needed', 'review', 'canceled'))`);
    await runner.query(
      'alter table invoice drop column series, drop column shop, drop column country, drop column vat_rate, drop column upload',
    );
  }
}
