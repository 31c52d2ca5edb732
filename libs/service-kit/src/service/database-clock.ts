import type { Clock } from '@orderbus/kernel';
import type { Database } from '@orderbus/outbox';
import { every } from '../intervals.ts';
import type { Log } from '../log.ts';
import type { Part } from '../parts.ts';

/** Clocks that are kept by NTP differ by less. */
const believedMs = 5_000;

/** An answer that took longer says too little of the time. */
const promptMs = 1_000;

export interface DatabaseClock extends Clock {
  /** Compares it with this database's from now on. */
  follow(database: Pick<Database, 'query'>, log: Log, everyMs?: number): Required<Part>;
}

/**
 * The machine's clock as long as it agrees with the database's; otherwise the database's as it was told last, counted on by a clock that nobody
 * sets. All instances of a service share that one: what one of them puts off until later is not put off by its wrong clock, and is due for all of
 * them at once. Before the database has answered, it is the machine's.
 */
export const databaseClock = (): DatabaseClock => {
  let told: { readonly ms: number; readonly counted: number } | undefined;
  let isWrong = false;
  /** How much the machine is ahead. */
  const aheadMs = (): number => (told === undefined ? 0 : Date.now() - told.ms - (performance.now() - told.counted));
  const isBelieved = (): boolean => Math.abs(aheadMs()) < believedMs;

  const ask = async (database: Pick<Database, 'query'>): Promise<void> => {
    const asked = performance.now();
    const [row]: { ms: number }[] = await database.query('select (extract(epoch from clock_timestamp()) * 1000)::float8 as ms');
    const answered = performance.now();
    if (row !== undefined && answered - asked < promptMs) told = { ms: row.ms, counted: (asked + answered) / 2 };
  };
  const notice = (log: Log): void => {
    if (isBelieved() === !isWrong) return;
    isWrong = !isWrong;
    if (isWrong) log.warn({ aheadSeconds: Math.round(aheadMs() / 1_000) }, "this machine's clock is wrong: the database's is used");
    else log.info({}, "this machine's clock is right again");
  };

  return {
    now: () => new Date(Date.now() - (isBelieved() ? 0 : aheadMs())),
    follow: (database, log, everyMs = 10_000) => {
      const look = async (): Promise<void> => {
        // While it is away, nothing can be put off either.
        await ask(database).catch(() => {});
        notice(log);
      };
      const loop = every(everyMs, look, { name: 'clock', log });
      return {
        ...loop,
        start: async () => {
          await look();
          await loop.start();
        },
      };
    },
  };
};
