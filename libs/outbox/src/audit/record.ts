import { setTimeout as sleep } from 'node:timers/promises';
import { AppError, isTransient } from '@orderbus/kernel';
import type { Database } from '../database/open.ts';
import type { Transaction } from '../subscription.ts';
import { type NewAuditEntry, rowOf } from './entry.ts';

/** Who has asked for what: entries of a service, each chained to the one before. */
export interface AuditLog {
  /**
   * Resolves when they are in the log, with their `seq`s. What is asked for at the same time is written together.
   * @throws AppError `unavailable` when they could not be written: what they stand for must not be done then.
   */
  record(entries: readonly NewAuditEntry[]): Promise<readonly number[]>;
  /** Written soon, and as often as it takes while the database is away: for what has happened already. */
  follow(entry: NewAuditEntry): void;
  /** Writes what is left, once: afterwards nothing is tried again. */
  stop(): Promise<void>;
}

/** Small enough that nobody waits long for the end of the chain. */
const groupSize = 500;

interface Waiting {
  readonly entries: readonly NewAuditEntry[];
  readonly settle: PromiseWithResolvers<readonly number[]>;
}

export interface AuditLogOptions {
  readonly database: Pick<Database, 'query'>;
  /** Told of entries that were lost: their `asked` entries stay without an answer. */
  readonly lost?: (entry: NewAuditEntry, error: unknown) => void;
  readonly retryMs?: number;
}

export const openAuditLog = ({ database, lost = () => {}, retryMs = 1_000 }: AuditLogOptions): AuditLog => {
  let waiting: Waiting[] = [];
  let writing: Promise<void> | undefined;
  const following = new Set<Promise<void>>();
  const stopping = new AbortController();

  const nextGroup = (): Waiting[] => {
    let size = 0;
    const end = waiting.findIndex(({ entries }) => {
      size += entries.length;
      return size > groupSize;
    });
    const group = waiting.slice(0, end === -1 ? waiting.length : Math.max(end, 1));
    waiting = waiting.slice(group.length);
    return group;
  };

  const writeGroup = async (group: readonly Waiting[]): Promise<void> => {
    try {
      const entries = group.flatMap((one) => one.entries);
      let seq = await append(database, entries);
      for (const one of group) one.settle.resolve(one.entries.map(() => seq++));
    } catch (error) {
      const reason = isTransient(error) ? new AppError('unavailable', 'audit.not-recorded', {}, { cause: error }) : error;
      for (const { settle } of group) settle.reject(reason);
    }
  };

  const write = async (): Promise<void> => {
    while (waiting.length > 0) await writeGroup(nextGroup());
    writing = undefined;
  };

  const record: AuditLog['record'] = (entries) => {
    if (entries.length === 0) return Promise.resolve([]);
    const settle = Promise.withResolvers<readonly number[]>();
    waiting.push({ entries, settle });
    writing ??= write();
    return settle.promise;
  };

  const insist = async (entry: NewAuditEntry): Promise<void> => {
    for (;;) {
      try {
        await record([entry]);
        return;
      } catch (error) {
        if (!isTransient(error) || stopping.signal.aborted) return lost(entry, error);
        await sleep(retryMs, undefined, { signal: stopping.signal }).catch(() => {});
      }
    }
  };

  return {
    record,
    follow: (entry) => {
      const done = insist(entry).finally(() => following.delete(done));
      following.add(done);
    },
    stop: async () => {
      stopping.abort();
      await Promise.all(following);
      await writing;
    },
  };
};

/** In a transaction that does more, as the last thing in it: whoever else appends waits until it has ended. */
export const recordAudit = async (tx: Transaction, entries: readonly NewAuditEntry[]): Promise<void> => {
  if (entries.length > 0) await append({ query: (sql, parameters = []) => tx.query(sql, [...parameters]) }, entries);
};

/** One statement, whatever their number. Answers with the seq of the first. */
const append = async (database: Pick<Database, 'query'>, entries: readonly NewAuditEntry[]): Promise<number> => {
  const [row] = await database.query<{ seq: number }>('select audit_append($1::jsonb) as seq', [JSON.stringify(entries.map(rowOf))]);
  return (row as { seq: number }).seq;
};
