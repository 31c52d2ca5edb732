import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Journal1764400000100 implements MigrationInterface {
  name = 'Journal1764400000100';

  async up(runner: QueryRunner): Promise<void> {
    // What the documents mean to the books: one entry for each document, one more when it is canceled. Written once.
    await runner.query(`create table journal_entry (
      id uuid primary key,
      tenant text not null,
      shop text,
      order_id uuid not null,
      document_id uuid not null,
      document_number text not null,
      kind text not null check (kind in ('invoice', 'invoice-canceled', 'credit-memo', 'correction')),
      currency text not null check (currency ~ '^[A-Z]{3}$'),
      at timestamptz not null)`);
    // GET /journal and the export of one seller account, newest or oldest first; GET /journal/balances.
    await runner.query(`create index journal_entry_tenant on journal_entry (tenant, at, id)`);
    // GET /journal of all seller accounts, newest first.
    await runner.query(`create index journal_entry_at on journal_entry (at, id)`);
    // GET /orders/:orderId/books and GET /journal?orderId=
    await runner.query(`create index journal_entry_order on journal_entry (order_id)`);

    // Without a foreign key: entry and lines are written by one statement, and never deleted. It would lock every entry for each of its lines.
    await runner.query(`create table journal_line (
      entry_id uuid not null,
      n int not null,
      account text not null,
      debit_minor bigint not null check (debit_minor >= 0),
      credit_minor bigint not null check (credit_minor >= 0),
      primary key (entry_id, n),
      check ((debit_minor = 0) <> (credit_minor = 0)))`);
    // GET /journal?account=
    await runner.query(`create index journal_line_account on journal_line (account, entry_id)`);

    // An entry has one currency, and what is added to it at once is as much debit as credit.
    await runner.query(`create function journal_balances() returns trigger language plpgsql as $$
      declare
        crooked uuid;
      begin
        select entry_id into crooked from added group by entry_id having sum(debit_minor) <> sum(credit_minor) limit 1;
        if found then
          raise exception 'journal entry % does not balance', crooked using errcode = 'check_violation';
        end if;
        return null;
      end $$`);
    await runner.query(`create trigger journal_balances after insert on journal_line
      referencing new table as added for each statement execute function journal_balances()`);

    await runner.query(`create function journal_stays_as_it_is() returns trigger language plpgsql as $$
      begin
        raise exception 'the journal is only added to' using errcode = 'restrict_violation';
      end $$`);
    for (const table of ['journal_entry', 'journal_line'])
      await runner.query(`create trigger ${table}_stays before update or delete or truncate on ${table}
        for each statement execute function journal_stays_as_it_is()`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table journal_line, journal_entry');
    await runner.query('drop function journal_balances, journal_stays_as_it_is');
  }
}
