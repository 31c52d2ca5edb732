export * from './aggregates.ts';
export * from './append.ts';
export {
  type AuditActor,
  type AuditEntry,
  type AuditOutcome,
  type AuditSignature,
  auditOutcomes,
  type NewAuditEntry,
} from './audit/entry.ts';
export { auditRole } from './audit/install.ts';
export * from './audit/keep.ts';
export * from './audit/read.ts';
export * from './audit/record.ts';
export * from './audit/verify.ts';
export * from './audit/verify-installation.ts';
export * from './consumer.ts';
export * from './database/bulk.ts';
export { type NotificationsOptions, notifications } from './database/notifications.ts';
export * from './database/number-series.ts';
export {
  type Database,
  type DatabaseOptions,
  getTypeParser,
  isConnectionLoss,
  migrationNames,
  migrationsDone,
  openDatabase,
} from './database/open.ts';
export { type ProvisionOptions, provision, type Tenancy, tenantUrls } from './database/provision.ts';
export { provisionScript } from './database/provision-script.ts';
export { type DatabaseStatistics, databaseStatistics } from './database/statistics.ts';
export * from './database/store-settings.ts';
export { tellDueLetters } from './dead-letter-piles.ts';
export { archive, type DeadLetter, discard, listDeadLetters, openDeadLetters, redrive } from './dead-letters.ts';
export * from './event-log.ts';
export * from './execute.ts';
export * from './idempotency.ts';
export { inboxKeptMs } from './inbox.ts';
export * from './never-taken.ts';
export * from './observer.ts';
export * from './parts/keep-parts.ts';
export * from './process-batch.ts';
export * from './read-log.ts';
export * from './relay.ts';
export * from './subscription.ts';
export * from './tracing/names.ts';
export * from './tracing/traceparent.ts';
export * from './tracing/tracing.ts';
