import { type AuditLog, anchorAudit, type Database, openAuditLog, purgeAudit, verifyOwnAudit } from '@orderbus/outbox';
import { every } from '../intervals.ts';
import type { Log } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import type { Part } from '../parts.ts';

export interface KeptAuditOptions {
  readonly database: Database;
  readonly schema: string;
  readonly keptMs: number;
  readonly log: Log;
  readonly metrics: Metrics;
}

export interface KeptAudit {
  readonly audit: AuditLog;
  readonly jobs: readonly Part[];
}

const anchorEveryMs = 600_000;
const verifyEveryMs = 3_600_000;
const dayMs = 86_400_000;

/** The service's audit log, and what keeps it: anchors in the table and in the log, its end after a year, a look at the last day. */
export const keptAudit = ({ database, schema, keptMs, log, metrics }: KeptAuditOptions): KeptAudit => {
  const lost = metrics.counter({ name: 'audit_entries_lost_total', help: 'Outcomes that could not be written before the service stopped' });
  const broken = metrics.gauge({ name: 'audit_broken', help: '1 when an entry of the last day is not as it was written' });
  const audit = openAuditLog({
    database,
    lost: ({ answers, outcome }, err) => {
      lost.inc();
      log.error({ err, answers, outcome }, 'an outcome is missing in the audit log');
    },
  });

  const keep = async (): Promise<void> => {
    const anchor = await anchorAudit(database);
    if (anchor !== undefined) log.info(anchor, 'the audit log stands here');
    const purged = await purgeAudit(database, keptMs);
    if (purged > 0) log.info({ months: purged }, 'the oldest months of the audit log were purged');
  };

  const verify = async (): Promise<void> => {
    const found = await verifyOwnAudit(database, { schema, since: new Date(Date.now() - dayMs).toISOString() });
    broken.set(found.broken === undefined ? 0 : 1);
    if (found.broken !== undefined) log.error(found.broken, 'the audit log was tampered with');
  };

  return {
    audit,
    jobs: [every(anchorEveryMs, keep, { name: 'keep-audit', log }), every(verifyEveryMs, verify, { name: 'verify-audit', log })],
  };
};
