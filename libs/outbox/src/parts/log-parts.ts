import type { Database } from '../database/open.ts';
import type { Transaction } from '../subscription.ts';
import { makePart, partsOf, type Queries, whenAlone } from './part.ts';

const smallest = 1_000_000;
const largest = 50_000_000;
const monthMs = 30 * 86_400_000;

interface LogPart {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

/**
 * The event log is kept in parts by position: about a month of events each, a million at least, so that a small shop has few of them. The
 * next one is made while the last is half empty.
 */
export const coverLog = async (database: Database, now: Date): Promise<string[]> => {
  const [last, parts] = [await lastGiven(database), await logParts(database)];
  const newest = parts.at(-1);
  if (newest === undefined || newest.to - last > (newest.to - newest.from) / 2) return [];
  return (await whenAlone(database, (tx) => addLogParts(tx, now))) ?? [];
};

const addLogParts = async (tx: Transaction, now: Date): Promise<string[]> => {
  const last = await lastGiven(tx);
  const made: string[] = [];
  for (;;) {
    const parts = await logParts(tx);
    const newest = parts.at(-1);
    if (newest === undefined || newest.to - last > (newest.to - newest.from) / 2) return made;
    const size = await sizeOfNext(tx, parts, last, now);
    const name = `event_log_${newest.to}`;
    await makePart(tx, {
      ...{ table: 'event_log', column: 'seq', name, from: String(newest.to), to: String(newest.to + size) },
      // Over all parts this cannot be said; here it can, and it is how the events of an order are found.
      own: [`create unique index ${name}_aggregate on ${name} (aggregate_id, aggregate_version)`],
    });
    made.push(name);
  }
};

/** As many as a month brings at the pace of the part in use, in millions. At most twice the one before: a long import is no pace. */
const sizeOfNext = async (tx: Transaction, parts: readonly LogPart[], last: number, now: Date): Promise<number> => {
  const current = parts.find(({ from, to }) => from <= last && last < to) ?? parts.at(-1);
  if (current === undefined) return smallest;
  const [first]: { at: string; seq: number }[] = await tx.query(
    'select recorded_at as at, seq from event_log where seq >= $1 order by seq limit 1',
    [current.from],
  );
  if (first === undefined) return smallest;
  const ageMs = Math.max(now.getTime() - Date.parse(first.at), 1);
  const perMonth = ((last - Number(first.seq)) / ageMs) * monthMs;
  const wanted = Math.ceil(perMonth / smallest) * smallest;
  const before = Math.ceil((current.to - current.from) / smallest) * smallest;
  return Math.min(Math.max(wanted, smallest), 2 * before, largest);
};

/** Positions that are given, written or not. */
const lastGiven = async (source: Queries): Promise<number> => {
  const [row] = (await source.query('select last_value - case when is_called then 0 else 1 end as last from event_log_position')) as {
    last: string | number;
  }[];
  return Number(row?.last ?? 0);
};

const thinned = '_kept';

const logParts = async (source: Queries): Promise<LogPart[]> => {
  const parts = await partsOf(source, 'event_log');
  return parts.map(({ name, from, to }) => ({ name, from: Number(from), to: Number(to) })).sort((a, b) => a.from - b.from);
};

/** The position from which on the log is whole. 1: nothing was ever taken from it. */
export const logBegins = async (source: Queries): Promise<number> =>
  (await logParts(source)).find(({ name }) => !name.endsWith(thinned))?.from ?? 1;

/**
 * Drops the parts of the log whose youngest event was recorded before this moment. `kept` says which events the service cannot do without,
 * as a condition on `event_log` called e: they stay in a part of their own. What still has to be published is never dropped. Answers with the parts.
 */
export const forgetLog = async (database: Database, before: Date, kept?: string): Promise<string[]> => {
  const forgotten: string[] = [];
  for (const part of await logParts(database)) {
    if (part.name.endsWith(thinned)) continue;
    const done = await whenAlone(database, (tx) => forgetPart(tx, part, before, kept));
    if (done !== true) break;
    forgotten.push(part.name);
  }
  return forgotten;
};

const forgetPart = async (tx: Transaction, { name, from, to }: LogPart, before: Date, kept: string | undefined): Promise<boolean> => {
  const [state]: { old: boolean }[] = await tx.query(
    `select $2::bigint >= $3::bigint and not exists (select from outbox where seq < $3) and coalesce(
       (select recorded_at < $1 from ${name} order by seq desc limit 1), true) as old`,
    [before.toISOString(), await lastGiven(tx), to],
  );
  if (state?.old !== true) return false;
  // Buyers are taken out of old events, and keys change: not between the copy and the exchange.
  await tx.query(`lock table ${name} in share mode`);
  const rest = kept === undefined ? 0 : await copyKept(tx, name, kept);
  await tx.query(`alter table event_log detach partition ${name}`);
  await tx.query(`drop table ${name}`);
  if (rest > 0) await tx.query(`alter table event_log attach partition ${name}${thinned} for values from (${from}) to (${to})`);
  return true;
};

const copyKept = async (tx: Transaction, name: string, kept: string): Promise<number> => {
  const copy = `${name}${thinned}`;
  await tx.query(`create table ${copy} (like event_log including defaults including constraints)`);
  await tx.query(`insert into ${copy} select e.* from ${name} e where ${kept}`);
  const [row]: { count: string }[] = await tx.query(`select count(*) as count from ${copy}`);
  if (Number(row?.count) === 0) await tx.query(`drop table ${copy}`);
  else await tx.query(`create unique index ${copy}_aggregate on ${copy} (aggregate_id, aggregate_version)`);
  return Number(row?.count);
};
