import type { Database } from '../database/open.ts';
import { coverInbox, forgetInbox } from './inbox-parts.ts';
import { coverLog, forgetLog } from './log-parts.ts';

/** Makes the parts that the event log and the inbox will need soon. Answers with their names: as a rule, with none. */
export const makeParts = async (database: Database, now: Date): Promise<string[]> => [
  ...(await coverLog(database, now)),
  ...(await coverInbox(database, now)),
];

export interface PartsKept {
  /** Absent: for good. */
  readonly eventLogMs?: number | undefined;
  readonly inboxMs: number;
  /** Events that the service cannot do without, whatever their age: a condition on `event_log` called e. */
  readonly events?: string | undefined;
}

/** Drops the parts whose time is over. */
export const dropParts = async (database: Database, now: Date, { eventLogMs, inboxMs, events }: PartsKept): Promise<string[]> => {
  const ago = (ms: number): Date => new Date(now.getTime() - ms);
  const { weeks } = await forgetInbox(database, ago(inboxMs));
  return [...weeks, ...(eventLogMs === undefined ? [] : await forgetLog(database, ago(eventLogMs), events))];
};
