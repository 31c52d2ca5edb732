import type { Clock } from '@orderbus/kernel';
import { type Database, dropParts, makeParts } from '@orderbus/outbox';
import { every } from '../intervals.ts';
import type { Log } from '../log.ts';
import type { Part } from '../parts.ts';
import type { ServiceConfig } from './settings.ts';

export interface KeptPartsOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Log;
  readonly config: Pick<ServiceConfig, 'EVENT_LOG_KEPT' | 'INBOX_KEPT'>;
  /** What stays of the event log whatever its age. */
  readonly events: string | undefined;
}

/** A burst may fill half a million positions of the log in that time before the rest has to take any. */
const makeEveryMs = 60_000;
const dropEveryMs = 3_600_000;

/** The parts of the event log and of the inbox: made ahead, dropped when their time is over. Any instance may do it, one does. */
export const keptParts = ({ database, clock, log, config, events }: KeptPartsOptions): readonly Part[] => {
  const make = async (): Promise<void> => {
    const made = await makeParts(database, clock.now());
    if (made.length > 0) log.info({ made }, 'parts were made ahead');
  };
  const drop = async (): Promise<void> => {
    const kept = { eventLogMs: config.EVENT_LOG_KEPT, inboxMs: config.INBOX_KEPT, events };
    const dropped = await dropParts(database, clock.now(), kept);
    if (dropped.length > 0) log.info({ dropped }, 'parts whose time is over were dropped');
  };
  return [every(makeEveryMs, make, { name: 'make-parts', log }), every(dropEveryMs, drop, { name: 'drop-parts', log })];
};
