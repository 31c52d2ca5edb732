import type { Database } from '../database/open.ts';
import type { AuditEntry, AuditOutcome } from './entry.ts';

export interface AuditFilter {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly actor?: string | undefined;
  /** The name of the actor, or of whom it spoke for. */
  readonly name?: string | undefined;
  readonly action?: string | undefined;
  readonly subject?: string | undefined;
  readonly tenant?: string | undefined;
  readonly outcome?: AuditOutcome | undefined;
  readonly reason?: string | undefined;
  /** Only of these stores; entries that belong to none are left out. */
  readonly tenants?: readonly string[] | undefined;
}

/** The place of an entry: no two have the same, and a later one has the larger. */
export interface AuditPosition {
  readonly at: string;
  readonly seq: number;
}

export interface AuditPage {
  readonly order: 'newest-first' | 'oldest-first';
  /** The last one seen. */
  readonly after?: AuditPosition | undefined;
  readonly limit: number;
}

export const auditColumns = `seq, at, actor, actor_name as "actorName", on_behalf_of as "onBehalfOf", action, subjects, tenant, reason, fields,
  outcome, status, answers, correlation_id as "correlationId", address, encode(prev_hash, 'hex') as "prevHash", encode(hash, 'hex') as hash`;

export const listAudit = (
  database: Pick<Database, 'query'>,
  filter: AuditFilter,
  { order, after, limit }: AuditPage,
): Promise<AuditEntry[]> => {
  const [comparison, direction] = order === 'newest-first' ? ['<', 'desc'] : ['>', 'asc'];
  const parameters: unknown[] = [];
  const parameter = (value: unknown): string => `$${parameters.push(value)}`;
  const conditions = [
    filter.from === undefined ? [] : `at >= ${parameter(filter.from)}::timestamptz`,
    filter.to === undefined ? [] : `at < ${parameter(filter.to)}::timestamptz`,
    filter.actor === undefined ? [] : `actor = ${parameter(filter.actor)}`,
    filter.name === undefined ? [] : `${parameter(filter.name)} in (actor_name, on_behalf_of)`,
    filter.action === undefined ? [] : `action = ${parameter(filter.action)}`,
    filter.subject === undefined ? [] : `subjects @> array[${parameter(filter.subject)}::text]`,
    filter.tenant === undefined ? [] : `tenant = ${parameter(filter.tenant)}`,
    filter.outcome === undefined ? [] : `outcome = ${parameter(filter.outcome)}`,
    filter.reason === undefined ? [] : `reason = ${parameter(filter.reason)}`,
    filter.tenants === undefined ? [] : `tenant = any(${parameter(filter.tenants)}::text[])`,
    after === undefined ? [] : `(at, seq) ${comparison} (${parameter(after.at)}::timestamptz, ${parameter(after.seq)}::bigint)`,
  ].flat();
  return database.query(
    `select ${auditColumns} from audit_log where ${conditions.length === 0 ? 'true' : conditions.join(' and ')}
     order by at ${direction}, seq ${direction} limit ${parameter(limit)}`,
    parameters,
  );
};

/** Oldest first, a thousand at a time: nothing is held while somebody reads slowly. */
export async function* everyAudit(database: Pick<Database, 'query'>, filter: AuditFilter): AsyncGenerator<AuditEntry> {
  for (let after: AuditPosition | undefined; ; ) {
    const entries = await listAudit(database, filter, { order: 'oldest-first', after, limit: 1_000 });
    yield* entries;
    after = entries.at(-1);
    if (entries.length < 1_000) return;
  }
}
