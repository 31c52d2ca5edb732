import type { Transaction } from '@orderbus/outbox';
import { entryIdOf, entryOfCanceledInvoice, type JournalEntry } from '../domain/books.ts';
import { entriesByIds } from './journal-queries.ts';

type Column = readonly [name: string, type: string, value: (entry: JournalEntry) => unknown];

const columns: readonly Column[] = [
  ['id', 'uuid', (entry) => entry.entryId],
  ['tenant', 'text', (entry) => entry.tenant],
  ['shop', 'text', (entry) => entry.shop],
  ['order_id', 'uuid', (entry) => entry.orderId],
  ['document_id', 'uuid', (entry) => entry.documentId],
  ['document_number', 'text', (entry) => entry.documentNumber],
  ['kind', 'text', (entry) => entry.kind],
  ['currency', 'text', (entry) => entry.currency],
  ['at', 'timestamptz', (entry) => entry.at ?? null],
];

const names = columns.map(([name]) => name);
const parameters = columns.map(([, type], n) => `$${n + 1}::${type}[]`).join(', ');
const next = columns.length + 1;

const statement = `
  with added as (
    insert into journal_entry (${names.join(', ')})
    select ${names.map((name) => (name === 'at' ? 'coalesce(at, statement_timestamp())' : name)).join(', ')}
    from unnest(${parameters}) as u(${names.join(', ')})
    on conflict (id) do nothing returning id)
  insert into journal_line (entry_id, n, account, debit_minor, credit_minor)
  select l.entry_id, l.n, l.account, l.debit_minor, l.credit_minor
  from unnest($${next}::uuid[], $${next + 1}::int[], $${next + 2}::text[], $${next + 3}::bigint[], $${next + 4}::bigint[])
    as l(entry_id, n, account, debit_minor, credit_minor)
  join added on added.id = l.entry_id`;

/** Posts what documents mean, in their own transaction. An entry that is there already stays as it is. */
export const insertEntries = async (tx: Transaction, entries: readonly JournalEntry[]): Promise<void> => {
  if (entries.length === 0) return;
  const lines = entries.flatMap(({ entryId, lines }) => lines.map((line, n) => ({ entryId, n, ...line })));
  await tx.query(statement, [
    ...columns.map(([, , value]) => entries.map(value)),
    ...[lines.map(({ entryId }) => entryId), lines.map(({ n }) => n), lines.map(({ account }) => account)],
    ...[lines.map(({ debitMinor }) => debitMinor), lines.map(({ creditMinor }) => creditMinor)],
  ]);
};

/** Takes back what was posted for these invoices, exactly. What was never posted needs no taking back. */
export const insertCanceledEntries = async (
  tx: Transaction,
  canceled: readonly { readonly id: string; readonly at?: string | undefined }[],
): Promise<void> => {
  if (canceled.length === 0) return;
  const at = new Map(canceled.map((one) => [one.id, one.at]));
  const posted = await entriesByIds(
    tx,
    canceled.map(({ id }) => entryIdOf(id, 'invoice')),
  );
  await insertEntries(
    tx,
    posted.map((entry) => entryOfCanceledInvoice(entry, at.get(entry.documentId))),
  );
};
