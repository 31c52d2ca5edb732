import type { Database } from '@orderbus/outbox';
import type { NeedKind } from '../domain/needs/need.ts';
import type { InStores } from './overview.ts';

export interface ListedNeed {
  readonly kind: NeedKind;
  readonly subject: string;
  readonly tenant: string;
  readonly orderId: string | null;
  readonly number: string | null;
  readonly amazonOrderId: string | null;
  readonly since: string;
  readonly facts: Record<string, unknown>;
  readonly resolvedAt: string | null;
}

export interface NeedFilter extends InStores {
  readonly kinds: readonly NeedKind[];
  readonly orderId?: string | undefined;
  readonly status: 'open' | 'resolved';
  readonly now: Date;
  readonly after?: NeedPosition | undefined;
  readonly limit: number;
}

interface NeedPosition {
  readonly since: string;
  readonly kind: string;
  readonly subject: string;
}

/** How many are open, by kind; what is for a person and what waits for Amazon. */
export const countNeeds = (database: Database, { tenants }: InStores, now: Date): Promise<{ kind: NeedKind; open: number }[]> =>
  database.query(
    `select kind, count(*)::int as open from need
     where since is not null and resolved_at is null and (shown_until is null or shown_until > $2::timestamptz)
       and ($1::text[] is null or tenant = any($1)) group by kind order by kind`,
    [tenants, now.toISOString()],
  );

/** The latest first. */
export const listNeeds = (database: Database, filter: NeedFilter): Promise<ListedNeed[]> => {
  const { tenants, kinds, orderId, status, now, after, limit } = filter;
  const isMeant = {
    open: 'n.resolved_at is null and (n.shown_until is null or n.shown_until > $3::timestamptz)',
    resolved: '(n.resolved_at is not null or n.shown_until <= $3::timestamptz)',
  }[status];
  return database.query(
    `select n.kind, n.subject, n.tenant, n.order_id as "orderId", o.number,
       coalesce(o.amazon_order_id, n.facts ->> 'amazonOrderId') as "amazonOrderId", n.since,
       n.facts || coalesce(${refusedWords}, '{}') as facts, coalesce(n.resolved_at, n.shown_until) as "resolvedAt"
     from need n left join order_facts o on o.order_id = n.order_id
     where n.since is not null and ${isMeant} and n.kind = any($2) and ($1::text[] is null or n.tenant = any($1))
       and ($4::uuid is null or n.order_id = $4)
       and ($5::timestamptz is null or n.since < $5 or (n.since = $5 and (n.kind, n.subject) > ($6::text, $7::text)))
     order by n.since desc, n.kind, n.subject limit $8`,
    [tenants, kinds, now.toISOString(), orderId, after?.since, after?.kind, after?.subject, limit],
  );
};

/** Amazon's words are with the refusal, which the order passed on just before it asked for a look. */
const refusedWords = `(select jsonb_build_object('reason', t.data ->> 'reason', 'words', t.data ->> 'why') from timeline_entry t
  where n.kind = 'cancellation-refused' and t.order_id = n.order_id and t.type = 'order.cancellation_refused'
  order by t.aggregate_version desc limit 1)`;
