import type { Transaction } from '@orderbus/outbox';
import type { ChangedMemo } from '../domain/order-billing.ts';

type Column = readonly [name: string, type: string, value: (memo: ChangedMemo) => unknown];

const json = (value: unknown): string | null => (value === null ? null : JSON.stringify(value));

const columns: readonly Column[] = [
  ['id', 'uuid', (memo) => memo.id],
  ['tenant', 'text', (memo) => memo.tenant],
  ['kind', 'text', (memo) => memo.kind],
  ['number', 'text', (memo) => memo.number],
  ['series', 'text', (memo) => memo.numbered?.series ?? null],
  ['order_id', 'uuid', (memo) => memo.orderId],
  ['order_number', 'text', (memo) => memo.orderNumber],
  ['amazon_order_id', 'text', (memo) => memo.amazonOrderId],
  ['shop', 'text', (memo) => memo.numbered?.shop ?? memo.shop],
  ['country', 'text', (memo) => memo.country],
  ['vat_rate', 'float8', (memo) => memo.vatRate],
  ['state', 'text', (memo) => memo.state],
  ['attempt', 'int', (memo) => memo.attempt],
  ['reason', 'text', (memo) => memo.reason],
  ['currency', 'text', (memo) => memo.currency],
  ['total_minor', 'bigint', (memo) => memo.totalMinor],
  ['tip_minor', 'bigint', (memo) => memo.tipMinor],
  ['adjustment_refund_minor', 'bigint', (memo) => memo.adjustmentRefundMinor],
  ['adjustment_fee_minor', 'bigint', (memo) => memo.adjustmentFeeMinor],
  ['lines', 'jsonb', (memo) => json(memo.lines)],
  ['return_id', 'uuid', (memo) => memo.returnId],
  ['requested_at', 'timestamptz', (memo) => memo.requestedAt],
  ['requested_by', 'jsonb', (memo) => json(memo.requestedBy)],
  ['submitted_at', 'timestamptz', (memo) => memo.submittedAt],
  ['settled_at', 'timestamptz', (memo) => memo.settledAt],
  ['refusal', 'jsonb', (memo) => json(memo.refusal)],
  ['uncertain', 'jsonb', (memo) => json(memo.uncertain)],
  ['upload', 'jsonb', (memo) => json(memo.upload)],
];

const names = columns.map(([name]) => name).join(', ');
const source = columns.map(([, type], n) => `$${n + 1}::${type}[]`).join(', ');

/** What moves while Amazon is asked. The rest of a credit memo stays, the schema sees to it. */
const moving = ['state', 'attempt', 'submitted_at', 'settled_at', 'refusal', 'uncertain'].map((name) => `${name} = u.${name}`);

/** What a credit memo gets together with its number. */
const numbered = ['number', 'series', 'shop', 'order_number'].map(
  (name) => `${name} = case when u.series is null then m.${name} else u.${name} end`,
);

/**
 * Writes credit memos as they are after the batch. The date of one that gets its number is the moment of writing, read after the series
 * was locked: so dates never run against the numbers, whichever instance issues.
 */
export const keepMemos = async (tx: Transaction, memos: readonly ChangedMemo[]): Promise<void> => {
  const write = async (sql: string, some: readonly ChangedMemo[]): Promise<void> => {
    if (some.length > 0)
      await tx.query(
        sql,
        columns.map(([, , value]) => some.map(value)),
      );
  };
  await write(
    `insert into credit_memo (${names}, issued_at)
     select ${names}, case when series is not null then statement_timestamp() end from unnest(${source}) as u(${names})`,
    memos.filter(({ isNew }) => isNew),
  );
  await write(
    `update credit_memo as m set ${[...moving, ...numbered].join(', ')},
       issued_at = case when u.series is null then m.issued_at else statement_timestamp() end
     from unnest(${source}) as u(${names}) where m.id = u.id`,
    memos.filter(({ isNew }) => !isNew),
  );
};
