import type { Database } from '../database/open.ts';
import { type AuditEntry, hashOf, originOf } from './entry.ts';
import type { AuditAnchor } from './keep.ts';
import { type AuditPosition, listAudit } from './read.ts';

/**
 * `changed`: it is not what was hashed. `missing`: it was taken out. `unlinked`: it does not follow the one in front. `beginning-missing`,
 * `end-missing`: entries were taken from there. `written-anew`: the chain is whole, and not the one that an anchor has seen.
 */
export const auditFaults = ['changed', 'missing', 'unlinked', 'beginning-missing', 'end-missing', 'written-anew'] as const;
export type AuditFault = (typeof auditFaults)[number];

export interface AuditVerification {
  /** How many entries are as they were written. */
  readonly entries: number;
  /** The last of them. */
  readonly head: AuditAnchor;
  /** Asked, and not answered: work that was broken off, or that goes on. The first hundred. */
  readonly unanswered: readonly number[];
  /** The first that is not as it was written, or is not there. */
  readonly broken?: { readonly seq: number; readonly fault: AuditFault };
}

export interface AuditVerifyOptions {
  readonly schema: string;
  /** Recorded elsewhere, in a log for example. */
  readonly anchors?: readonly AuditAnchor[];
  /** Begin at the last anchor before this moment, if there is one: what is older is believed. */
  readonly since?: string | undefined;
}

/** In the service itself, while others go on appending. */
export const verifyOwnAudit = (database: Database, options: AuditVerifyOptions): Promise<AuditVerification> =>
  database.transaction(async (tx) => {
    await tx.query('set transaction isolation level repeatable read, read only');
    return verifyAudit({ query: (sql, parameters = []) => tx.query(sql, [...parameters]) }, options);
  });

/**
 * Computes the chain again, here and not in the database, whose functions may have been changed, too. `source` sees one moment of the
 * schema: a transaction that reads repeatably.
 */
export const verifyAudit = async (source: Pick<Database, 'query'>, options: AuditVerifyOptions): Promise<AuditVerification> => {
  const { schema, since, anchors: others = [] } = options;
  const kept = await anchorsOf(source);
  const start = kept.findLast(({ kind, at }) => kind === 'purge' || (since !== undefined && at <= since));
  const [first, after] = start === undefined ? [{ seq: 0, hash: originOf(schema) }, undefined] : [start, start];
  const anchored = Map.groupBy([...kept, ...others], ({ seq }) => seq);
  const asked = new Set<number>();
  let last: AuditAnchor = first;
  const verdict = (broken?: AuditVerification['broken']): AuditVerification => ({
    entries: last.seq - first.seq,
    head: { seq: last.seq, hash: last.hash },
    unanswered: [...asked].slice(0, 100),
    ...(broken === undefined ? {} : { broken }),
  });

  for await (const entry of entriesAfter(source, after)) {
    const fault = faultOf(entry, last, first, anchored.get(entry.seq) ?? []);
    if (fault !== undefined) return verdict(fault);
    last = entry;
    if (entry.outcome === 'asked') asked.add(entry.seq);
    if (entry.answers !== null) asked.delete(entry.answers);
  }
  const end = await headOf(source);
  if (Math.max(end.seq, ...anchored.keys()) > last.seq) return verdict({ seq: last.seq + 1, fault: 'end-missing' });
  return verdict(end.seq === last.seq && end.hash === last.hash ? undefined : { seq: last.seq, fault: 'written-anew' });
};

const faultOf = (
  entry: AuditEntry,
  last: AuditAnchor,
  first: AuditAnchor,
  anchors: readonly AuditAnchor[],
): AuditVerification['broken'] => {
  const { seq, prevHash, hash } = entry;
  if (seq > last.seq + 1) return { seq: last.seq + 1, fault: last === first ? 'beginning-missing' : 'missing' };
  if (seq <= last.seq || prevHash !== last.hash) return { seq, fault: 'unlinked' };
  if (hashOf(entry, prevHash) !== hash) return { seq, fault: 'changed' };
  return anchors.some((anchor) => anchor.hash !== hash) ? { seq, fault: 'written-anew' } : undefined;
};

interface KeptAnchor extends AuditAnchor {
  readonly kind: 'head' | 'purge';
  readonly at: string;
}

const headOf = async (source: Pick<Database, 'query'>): Promise<AuditAnchor> => {
  const [head] = await source.query<AuditAnchor>(`select seq, encode(hash, 'hex') as hash from audit_head`);
  return head ?? { seq: 0, hash: '' };
};

const anchorsOf = (source: Pick<Database, 'query'>): Promise<KeptAnchor[]> =>
  source.query(`select seq, kind, at, encode(hash, 'hex') as hash from audit_anchor order by seq, kind`);

const pageSize = 2_000;

async function* entriesAfter(source: Pick<Database, 'query'>, position: AuditPosition | undefined): AsyncGenerator<AuditEntry> {
  for (let after = position; ; ) {
    const page = await listAudit(source, {}, { order: 'oldest-first', after, limit: pageSize });
    yield* page;
    after = page.at(-1);
    if (page.length < pageSize) return;
  }
}
