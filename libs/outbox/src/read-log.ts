import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from './database/open.ts';
import { loggedColumns, type PositionedEvent } from './event-log.ts';
import { logBegins } from './parts/log-parts.ts';

export interface LogPage {
  /** From this position on the log is whole; 1, if nothing was ever taken from it. What is before it is gone, and in no page. */
  readonly begins: number;
  readonly events: readonly PositionedEvent[];
  /** Everything up to here has been read, or will never be there: where the next page begins. */
  readonly upTo: number;
  /** The last position that anything has by now. */
  readonly last: number;
}

export interface LogPageOptions {
  /** Read from behind this position: 0 is the beginning. */
  readonly after: number;
  readonly limit: number;
  /** How long to wait for transactions that may still fill a gap. Default 2,000. */
  readonly patienceMs?: number;
}

/**
 * A page of the whole log, in its order. A transaction takes its positions before it commits, so that a later position may be there before an
 * earlier one: a page with a gap is read again once everything that was running at that moment has ended. What takes longer keeps the page
 * before its first gap; whoever asks again from there loses nothing.
 */
export const readLog = async (database: Database, { after: asked, limit, patienceMs = 2_000 }: LogPageOptions): Promise<LogPage> => {
  const begins = await logBegins(database);
  const after = Math.max(asked, begins - 1);
  const first = await pageOf(database, after, limit);
  const until = first.at(-1)?.position ?? after;
  const last = await lastPosition(database);
  if (until - after === first.length) return { events: first, upTo: until, last, begins };
  if (await othersHaveEnded(database, patienceMs)) return { events: await between(database, after, until), upTo: until, last, begins };
  const events = first.filter(({ position }, n) => position === after + n + 1);
  return { events, upTo: events.at(-1)?.position ?? after, last, begins };
};

const columns = `e.seq as position, ${loggedColumns('e')}`;

const pageOf = (database: Database, after: number, limit: number): Promise<PositionedEvent[]> =>
  database.query(`select ${columns} from event_log e where seq > $1 order by seq limit $2`, [after, limit]);

/** May be a few more than were asked for: those that filled the gaps. */
const between = (database: Database, after: number, until: number): Promise<PositionedEvent[]> =>
  database.query(`select ${columns} from event_log e where seq > $1 and seq <= $2 order by seq`, [after, until]);

const lastPosition = async (database: Database): Promise<number> => {
  const [row] = await database.query<{ last: number }>('select coalesce(max(seq), 0) as last from event_log');
  return row?.last ?? 0;
};

const lookEveryMs = 20;

/** Whoever has taken a position had the number of his transaction before (see `append`): one that is lower than the number taken here. */
const othersHaveEnded = async (database: Database, patienceMs: number): Promise<boolean> => {
  const [taken] = await database.query<{ mine: string }>('select pg_current_xact_id()::text as mine');
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const [found] = await database.query<{ ended: boolean }>('select pg_snapshot_xmin(pg_current_snapshot()) > $1::text::xid8 as ended', [
      taken?.mine,
    ]);
    if (found?.ended) return true;
    if (Date.now() >= deadline) return false;
    await sleep(lookEveryMs);
  }
};
