import type { Database, Transaction } from '@orderbus/outbox';
import type { JournalEntry } from '../domain/books.ts';
import type { Account } from '../domain/chart-of-accounts.ts';

export interface PostedEntry extends JournalEntry {
  readonly at: string;
}

export interface JournalFilter {
  readonly tenant?: string | undefined;
  readonly tenants?: readonly string[] | undefined;
  readonly orderId?: string | undefined;
  readonly account?: Account | undefined;
  /** This moment or later. */
  readonly from?: string | undefined;
  /** Before this moment. */
  readonly to?: string | undefined;
}

/** The sort key of the journal. Microseconds, as the database has them: a page must not begin a fraction of a millisecond late. */
interface JournalPosition {
  readonly at: string;
  readonly entryId: string;
}

interface Page {
  readonly order: 'asc' | 'desc';
  readonly after: JournalPosition | undefined;
  readonly limit: number;
}

const entryColumns = `e.id as "entryId", e.tenant, e.shop, e.order_id as "orderId", e.document_id as "documentId",
  e.document_number as "documentNumber", e.kind, e.currency, e.at`;

const linesOfEntry = `(select json_agg(json_build_object('account', l.account, 'debitMinor', l.debit_minor, 'creditMinor', l.credit_minor)
  order by l.n) from journal_line l where l.entry_id = e.id) as lines`;

export const entriesByIds = (tx: Transaction, ids: readonly string[]): Promise<PostedEntry[]> =>
  tx.query(`select ${entryColumns}, ${linesOfEntry} from journal_entry e where e.id = any($1::uuid[])`, [ids]);

/** All of an order, in the order in which it came about: as many as it has documents. */
export const entriesOfOrder = (database: Database, orderId: string): Promise<PostedEntry[]> =>
  database.query(`select ${entryColumns}, ${linesOfEntry} from journal_entry e where e.order_id = $1 order by e.at, e.id`, [orderId]);

export const listEntries = (database: Database, filter: JournalFilter, page: Page): Promise<(PostedEntry & { position: string })[]> => {
  const { sql, parameters } = pageOfEntries(filter, page);
  return database.query(`select ${entryColumns}, ${linesOfEntry}, e.at::text as position from (${sql}) e`, parameters);
};

const pageOfEntries = (filter: JournalFilter, { order, after, limit }: Page): { sql: string; parameters: unknown[] } => {
  const { where, parameters, bind } = conditionsOf(filter);
  if (after) where.push(`(at, id) ${order === 'asc' ? '>' : '<'} (${bind(after.at)}::timestamptz, ${bind(after.entryId)}::uuid)`);
  const sql = `select * from journal_entry e where ${where.join(' and ')} order by at ${order}, id ${order} limit ${bind(limit)}`;
  return { sql, parameters };
};

const conditionsOf = ({ tenant, tenants, orderId, account, from, to }: JournalFilter) => {
  const parameters: unknown[] = [];
  const bind = (value: unknown): string => `$${parameters.push(value)}`;
  const where = ['true'];
  if (tenant !== undefined) where.push(`e.tenant = ${bind(tenant)}`);
  if (tenants !== undefined) where.push(`e.tenant = any(${bind(tenants)})`);
  if (orderId !== undefined) where.push(`e.order_id = ${bind(orderId)}`);
  if (from !== undefined) where.push(`e.at >= ${bind(from)}`);
  if (to !== undefined) where.push(`e.at < ${bind(to)}`);
  if (account !== undefined) where.push(`exists (select 1 from journal_line l where l.entry_id = e.id and l.account = ${bind(account)})`);
  return { where, parameters, bind };
};

const entriesAtOnce = 2_000;

/**
 * Everything of a period, oldest first, some at a time: nothing is held in the database while a slow reader takes its time. What is
 * there does not change, so the pages fit together; what is added meanwhile stands at the end.
 */
export async function* everyEntry(database: Database, filter: JournalFilter): AsyncGenerator<PostedEntry> {
  for (let after: JournalPosition | undefined; ; ) {
    const entries = await listEntries(database, filter, { order: 'asc', after, limit: entriesAtOnce });
    yield* entries;
    const last = entries.at(-1);
    if (last === undefined || entries.length < entriesAtOnce) return;
    after = { at: last.position, entryId: last.entryId };
  }
}

export interface AccountBalance {
  readonly account: Account;
  readonly currency: string;
  readonly debitMinor: number;
  readonly creditMinor: number;
}

/** What was moved on each account, never one currency with another. */
export const balancesOf = (database: Database, filter: JournalFilter): Promise<AccountBalance[]> => {
  const { where, parameters } = conditionsOf(filter);
  return database.query(
    `select l.account, e.currency, sum(l.debit_minor)::bigint as "debitMinor", sum(l.credit_minor)::bigint as "creditMinor"
     from journal_entry e join journal_line l on l.entry_id = e.id where ${where.join(' and ')}
     group by e.currency, l.account order by e.currency, l.account`,
    parameters,
  );
};

/** Orders with an entry of which debits and credits differ. The schema does not let them in; this is for those who went around it. */
export const countUnbalanced = async (database: Database): Promise<number> => {
  const [row] = await database.query<{ count: number }>(
    `select count(distinct e.order_id)::int as count from journal_entry e join
       (select entry_id from journal_line group by entry_id having sum(debit_minor) <> sum(credit_minor)) l on l.entry_id = e.id`,
  );
  return row?.count ?? 0;
};
