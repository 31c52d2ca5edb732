import { type Transaction, upsert } from '@orderbus/outbox';
import { blank, type NeedKind, type Notice, needOf, remember } from '../domain/needs/need.ts';
import { noticesOf } from '../domain/needs/table.ts';
import type { Heard } from '../domain/timeline-entry.ts';
import { NeedEntity, type NeedRow } from './entities.ts';

/** What these events mean to needs. */
export const noteNeeds = async (tx: Transaction, heard: readonly Heard[]): Promise<void> => {
  const told = heard.flatMap(({ event }) => noticesOf(event).map((notice) => ({ notice, tenant: event.tenant })));
  if (told.length === 0) return;
  const known = new Map(
    (
      await load(
        tx,
        told.map(({ notice }) => notice),
      )
    ).map((row) => [keyOf(row), row]),
  );
  const after = new Map(known);
  for (const { notice, tenant } of told) {
    const row = after.get(keyOf(notice)) ?? unheard(notice, tenant);
    const memory = remember(row.memory, notice);
    if (memory !== row.memory) after.set(keyOf(notice), { ...row, memory });
  }
  const changed = [...after].filter(([key, row]) => row !== known.get(key)).map(([, row]) => shown(row));
  await upsert(tx, NeedEntity, changed);
};

type Named = Pick<Notice, 'subject'> & { readonly kind: string };

const keyOf = ({ kind, subject }: Named): string => `${kind}\n${subject}`;

const unheard = ({ kind, subject }: Notice, tenant: string): NeedRow => ({
  ...{ kind, subject, tenant, memory: blank },
  ...{ orderId: null, since: null, facts: null, shownUntil: null, resolvedAt: null },
});

const shown = (row: NeedRow): NeedRow => {
  const need = needOf(row.memory);
  if (need === undefined) return row;
  const { orderId, since, facts, until: shownUntil, resolvedAt } = need;
  return { ...row, orderId, since, facts, shownUntil, resolvedAt };
};

const load = (tx: Transaction, notices: readonly { readonly kind: NeedKind; readonly subject: string }[]): Promise<NeedRow[]> =>
  tx.query(
    `select kind, subject, tenant, memory, order_id as "orderId", since, facts, shown_until as "shownUntil", resolved_at as "resolvedAt"
     from need where (kind, subject) in (select * from unnest($1::text[], $2::text[]))`,
    [notices.map(({ kind }) => kind), notices.map(({ subject }) => subject)],
  );
