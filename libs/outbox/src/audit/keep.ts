import type { Database } from '../database/open.ts';

/** Where a chain stood: enough to find later that its end was cut off, or that it was written anew. */
export interface AuditAnchor {
  readonly seq: number;
  /** In hexadecimal. */
  readonly hash: string;
}

/** Records where the chain stands. Nothing, when it has not moved since the last time. */
export const anchorAudit = async (database: Pick<Database, 'query'>): Promise<AuditAnchor | undefined> => {
  const [anchor] = await database.query<AuditAnchor & { is_new: boolean }>('select seq, hash, is_new from audit_anchor()');
  return anchor?.is_new ? { seq: anchor.seq, hash: anchor.hash } : undefined;
};

/** What the database insists on, too. */
export const auditKeptAtLeastMs = 365 * 86_400_000;

/** Drops the months that ended longer ago than this, and answers with how many. The chain goes on from an anchor. */
export const purgeAudit = async (database: Pick<Database, 'query'>, keptMs: number): Promise<number> => {
  const [row] = await database.query<{ dropped: number }>(`select audit_purge($1 * interval '1 second') as dropped`, [keptMs / 1_000]);
  return row?.dropped ?? 0;
};
